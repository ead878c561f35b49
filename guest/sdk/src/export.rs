//! One macro makes a component of policies.

/// Exports policies as a component and gives the crate a function `describe()`.
///
/// ```ignore
/// maan_policy::export! {
///     manifest: manifest(),
///     workflow: MyWorkflow,
/// }
/// ```
///
/// Slots: `segmentation`, `credit_check`, `workflow`, `statute`; one or more. Natively only
/// `describe()` remains, so that several policies can be linked into one program.
#[macro_export]
macro_rules! export {
    (manifest: $manifest:expr, $($slot:ident: $policy:ty),+ $(,)?) => {
        /// What this component says of itself.
        pub fn describe() -> $crate::manifest::Description {
            $manifest.describe(vec![$($crate::__slot_settings!($slot $policy)),+])
        }

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            struct Described;
            impl $crate::bindings::manifest::exports::maan::policy::manifest::Guest for Described {
                fn describe() -> $crate::manifest::Description {
                    describe()
                }
            }
            $crate::bindings::manifest::export_manifest!(Described with_types_in $crate::bindings::manifest);
            $($crate::__export_slot!($slot $policy);)+
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __slot_settings {
    (segmentation $policy:ty) => {
        $crate::manifest::slot_settings::<<$policy as $crate::Segmentation>::Settings>(
            $crate::manifest::Slot::Segmentation,
        )
    };
    (credit_check $policy:ty) => {
        $crate::manifest::slot_settings::<<$policy as $crate::CreditCheck>::Settings>(
            $crate::manifest::Slot::CreditCheck,
        )
    };
    (workflow $policy:ty) => {
        $crate::manifest::slot_settings::<<$policy as $crate::Workflow>::Settings>(
            $crate::manifest::Slot::Workflow,
        )
    };
    (statute $policy:ty) => {
        $crate::manifest::slot_settings::<<$policy as $crate::Statute>::Settings>(
            $crate::manifest::Slot::Statute,
        )
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __export_slot {
    (segmentation $policy:ty) => {
        const _: () = {
            type Slot = $crate::Exported<$policy>;
            $crate::bindings::segmentation::export_segmentation!(Slot with_types_in $crate::bindings::segmentation);
        };
    };
    (credit_check $policy:ty) => {
        const _: () = {
            type Slot = $crate::Exported<$policy>;
            $crate::bindings::credit_check::export_credit_check!(Slot with_types_in $crate::bindings::credit_check);
        };
    };
    (workflow $policy:ty) => {
        const _: () = {
            type Slot = $crate::Exported<$policy>;
            $crate::bindings::workflow::export_workflow!(Slot with_types_in $crate::bindings::workflow);
        };
    };
    (statute $policy:ty) => {
        const _: () = {
            type Slot = $crate::Exported<$policy>;
            $crate::bindings::statute::export_statute!(Slot with_types_in $crate::bindings::statute);
        };
    };
}
