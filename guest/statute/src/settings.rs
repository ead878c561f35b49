//! What the creditor may choose within the law.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most days that can be granted for slow post.
pub const LONGEST_MARGIN: u8 = 14;

/// Most characters of an enterprise number: "BE 0123.456.789" has 15.
pub const LONGEST_NUMBER: usize = 20;

/// Settings of the statute policy. The law decides the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Claim collection costs where the law allows them.
    pub collection_costs: bool,
    /// Claim interest where the law allows it.
    pub interest: bool,
    /// Declare that VAT is paid on collection work, which raises collection costs by VAT for a creditor who
    /// cannot deduct it.
    pub vat_on_collection_costs: bool,
    /// Further days granted in letters that must precede costs, for slow post.
    #[schemars(range(max = LONGEST_MARGIN))]
    pub delivery_margin_days: u8,
    /// The way in which e-mail is sent gives proof of its arrival.
    pub email_proves_arrival: bool,
    /// The creditor's Belgian enterprise number, which a first reminder to a Belgian consumer must name.
    #[schemars(length(max = LONGEST_NUMBER))]
    pub enterprise_number: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            collection_costs: true,
            interest: true,
            vat_on_collection_costs: false,
            delivery_margin_days: 0,
            email_proves_arrival: false,
            enterprise_number: String::new(),
        }
    }
}
