//! Bounds on what one compilation may cost. Every one is an option with a default, and passing
//! one is a diagnostic like any other.

macro_rules! limits {
    ($($name:ident = $default:expr, $doc:literal;)*) => {
        /// Bounds on size, nesting, list length and requests.
        ///
        /// ```
        /// use tamis::Limits;
        /// let limits = Limits { depth: 8, ..Limits::default() };
        /// assert_eq!(limits.query_bytes, 16 * 1024 * 1024);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            $(#[doc = $doc] pub $name: usize,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Limits { $($name: $default,)* }
            }
        }

        impl Limits {
            /// Name, default and meaning of every limit.
            pub const TABLE: &[(&str, usize, &str)] = &[$((stringify!($name), $default, $doc),)*];

            /// Sets a limit by its name; false when there is none of that name.
            pub fn set(&mut self, name: &str, value: usize) -> bool {
                match name {
                    $(stringify!($name) => self.$name = value,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

limits! {
    query_bytes = 16 * 1024 * 1024, "Longest query, in bytes.";
    depth = 100, "Deepest nesting of parentheses, named filters included; more than 1000 is 1000.";
    values = 1_000_000, "Most values in the lists of one query, networks written out.";
    conditions = 1_000_000, "Most conditions of one query, named filters written out.";
    diagnostics = 100, "Most diagnostics that are shown; the rest is counted.";
    requests = 30, "Most requests of one plan; the API allows 30 a minute.";
    line_bytes = 64 * 1024 * 1024, "Longest record that `tamis run` reads, in bytes.";
    record_depth = 127, "Deepest nesting of a record that `tamis run` reads; more than 1000 is 1000.";
}
