//! The size of a case, from which the budgets of its call follow.
//!
//! Each number counts with its full width, a choice or an option as one byte, a list or a string as eight bytes
//! and its content: as good as constant per record, so that measuring a case costs next to nothing.

use std::fmt::Display;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// Where a list or a string is, and how long.
const LIST: u64 = 8;
const CHOICE: u64 = 1;

/// Bytes of a value.
pub(crate) fn size<T: Serialize>(value: &T) -> u64 {
    let mut size = Size(0);
    // Types of the contract do not fail to be written.
    value.serialize(&mut size).map_or(u64::MAX, |()| size.0)
}

struct Size(u64);

impl Size {
    #[inline]
    fn add(&mut self, bytes: u64) -> Result<(), Failed> {
        // What is in memory does not overflow, and additions without a check fold into one per record.
        self.0 = self.0.wrapping_add(bytes);
        Ok(())
    }
}

/// A type's own refusal to be written.
#[derive(Debug, thiserror::Error)]
#[error("it cannot be written")]
struct Failed;

impl serde::ser::Error for Failed {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

macro_rules! scalars {
    ($($method:ident $type:ty),+) => {
        $(#[inline]
        fn $method(self, _: $type) -> Result<(), Failed> {
            self.add(size_of::<$type>() as u64)
        })+
    };
}

impl Serializer for &mut Size {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    scalars!(
        serialize_bool bool, serialize_char char, serialize_f32 f32, serialize_f64 f64,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );

    #[inline]
    fn serialize_str(self, text: &str) -> Result<(), Failed> {
        self.add(LIST)?;
        self.add(text.len() as u64)
    }

    #[inline]
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Failed> {
        self.add(LIST)?;
        self.add(bytes.len() as u64)
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Failed> {
        self.add(CHOICE)
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        self.add(CHOICE)?;
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Failed> {
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Failed> {
        Ok(())
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Failed> {
        self.add(CHOICE)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        self.add(CHOICE)?;
        value.serialize(self)
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Failed> {
        self.add(LIST).map(|()| self)
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Self, Failed> {
        Ok(self)
    }

    #[inline]
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Failed> {
        Ok(self)
    }

    #[inline]
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Failed> {
        self.add(CHOICE).map(|()| self)
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Failed> {
        self.add(LIST).map(|()| self)
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Failed> {
        Ok(self)
    }

    #[inline]
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Failed> {
        self.add(CHOICE).map(|()| self)
    }
}

macro_rules! entries {
    ($($part:ident $method:ident),+) => {
        $(impl $part for &mut Size {
            type Ok = ();
            type Error = Failed;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
                value.serialize(&mut **self)
            }

            #[inline]
            fn end(self) -> Result<(), Failed> {
                Ok(())
            }
        })+
    };
}

macro_rules! fields {
    ($($part:ident),+) => {
        $(impl $part for &mut Size {
            type Ok = ();
            type Error = Failed;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Failed> {
                value.serialize(&mut **self)
            }

            #[inline]
            fn end(self) -> Result<(), Failed> {
                Ok(())
            }
        })+
    };
}

entries!(
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);
fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut Size {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Failed> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::size;
    use crate::contract::{Amount, Argument, Dispute, Pause, Reason};

    #[test]
    fn numbers_count_with_their_width_lists_and_strings_with_their_content() {
        let dispute = |cause: &str| Dispute {
            item: 0,
            amount: 1,
            since: 2,
            cause: cause.into(),
        };
        assert_eq!(size(&dispute("price")), 4 + 8 + 4 + (8 + 5));
        assert_eq!(size(&vec![dispute(""), dispute("")]), 8 + 2 * (4 + 8 + 4 + 8));
        let pause = |item, until| Pause { item, until };
        assert_eq!(
            (size(&pause(None, None)), size(&pause(Some(1), Some(2)))),
            (1 + 1, 5 + 5)
        );
        let reason = Reason {
            code: "over".into(),
            arguments: vec![
                Argument::Amount(Amount {
                    minor: 1,
                    currency: 978,
                }),
                Argument::Day(3),
            ],
        };
        assert_eq!(size(&reason), (8 + 4) + 8 + (1 + 8 + 2) + (1 + 4));
    }
}
