// A certified OAuth server with strict manners: PKCE is required, refresh tokens are used once and a second use ends the
// whole consent. A person who signs in and allows everything is played.
import { Provider } from 'oidc-provider';

const port = Number(process.env.PORT);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'maan',
    client_secret: 'a-secret-of-tests-only',
    redirect_uris: ['http://127.0.0.1:8311/oauth/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  cookies: { keys: ['of tests only'] },
  pkce: { required: () => true },
  rotateRefreshToken: () => true,
  issueRefreshToken: async () => true,
  ttl: { AccessToken: 600, RefreshToken: 86400 },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  interactions: { url: (_, interaction) => `/person/${interaction.uid}` },
  findAccount: async (_, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/person/')) {
    await next();
    return;
  }
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: 'person' } });
  ctx.respond = false;
});

provider.listen(port, '127.0.0.1', () => console.log('ready'));
