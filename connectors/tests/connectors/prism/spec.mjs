// What Prism can serve of a platform's specification: `node spec.mjs FROM TO`.
import { readFileSync, writeFileSync } from 'node:fs';
import yaml from 'js-yaml';

const [from, to] = process.argv.slice(2);
const document = yaml.load(readFileSync(from, 'utf8'));
const { schemas } = document.components;

// a variable that is only part of a step of a path is not understood
const isFormat = (parameter) => parameter.$ref === '#/components/parameters/format';
document.paths = Object.fromEntries(
  Object.entries(document.paths).map(([path, operations]) => [path.replace('{format}', '.json'), operations]),
);
for (const operation of Object.values(document.paths).flatMap(Object.values)) {
  operation.parameters &&= operation.parameters.filter((parameter) => !isFormat(parameter));
}

// answers are made up to any depth: a schema that holds itself holds anything there instead
const whole = new Set();
function cut(node, above) {
  for (const [key, value] of Object.entries(node)) {
    if (value === null || typeof value !== 'object') continue;
    const name = typeof value.$ref === 'string' ? value.$ref.split('#/components/schemas/')[1] : undefined;
    if (name === undefined) cut(value, above);
    else if (above.includes(name)) node[key] = {};
    else cutWithin(name, above);
  }
}
function cutWithin(name, above) {
  if (whole.has(name)) return;
  cut(schemas[name], [...above, name]);
  whole.add(name);
}
Object.keys(schemas).forEach((name) => cutWithin(name, []));

// misspelt names are noticed: all fields that there are are named
function close(node) {
  if (node === null || typeof node !== 'object') return;
  const isWhole = document.openapi.startsWith('3.0') || node.unevaluatedProperties === false;
  if (typeof node.properties === 'object' && isWhole && !node.allOf) node.additionalProperties ??= false;
  Object.values(node).forEach(close);
}
close(document);

// what is asked is held against the schemas as they are, what is made up follows those that are completed below
const asIs = (node) =>
  JSON.parse(JSON.stringify(node).replaceAll('#/components/schemas/', '#/components/schemas/asked.'));
const asked = Object.entries(asIs(schemas)).map(([name, schema]) => [`asked.${name}`, schema]);
for (const operation of Object.values(document.paths).flatMap(Object.values)) {
  if (operation.requestBody) operation.requestBody = asIs(operation.requestBody);
}
document.components.requestBodies &&= asIs(document.components.requestBodies);

// what stands in descriptions and extensions only: without it most of what is made up would be refused
function said(name, schema) {
  if (schema['x-is-msdate'] || schema['x-is-msdate-time']) return { pattern: '^/Date\\(1[67][0-9]{11}\\+0000\\)/$' };
  if (schema['x-is-money']) return { type: 'integer', minimum: 0, maximum: 100000 };
  if (/^(page|item)(Size|Count)?$/.test(name) && schema.type === 'integer') return { minimum: 0 };
  if (/^(total_|price$|amount)/.test(name) && schema.type === 'string') return { pattern: '^[0-9]{1,6}\\.[0-9]{1,2}$' };
  if (name === 'currency' && schema.type === 'string') return { enum: ['EUR', 'GBP', 'USD'] };
  // lists within lists would become large
  return schema.type === 'array' ? { maxItems: 3 } : {};
}
function complete(node, name) {
  if (node === null || typeof node !== 'object') return;
  Object.assign(node, said(name, node));
  Object.entries(node).forEach(([key, value]) => complete(value, key));
}
complete(schemas, 'schemas');
// of an empty list nothing would be asked for
for (const operation of Object.values(document.paths).flatMap(Object.values)) {
  for (const answer of Object.values(operation.responses ?? {})) {
    const schema = answer.content?.['application/json']?.schema;
    if (schema?.type === 'array') Object.assign(schema, { minItems: 1, maxItems: 3 });
  }
}
Object.assign(schemas, Object.fromEntries(asked));

writeFileSync(to, JSON.stringify(document));
