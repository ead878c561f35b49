//! The default segmentation policy.
