//! What a text has to look like, read character by character.

/// A form, and how much of it has been read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Anything.
    Any,
    /// An IPv4 address: the whole numbers so far, and the one begun.
    Quad(u8, Option<u16>),
    /// An IPv6 address without a part that is written as IPv4, and without a zone.
    Six(Six),
    /// Before the first colon of any IPv6 address: the hexadecimal digits so far.
    Group(u8),
    /// From there on, where anything is let pass.
    Colon,
}

/// What has been read of an IPv6 address.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Six {
    /// How many groups have begun.
    groups: u8,
    /// The digits of the last, 0 behind a colon.
    digits: u8,
    /// The colons behind it.
    colons: u8,
    /// True when `::` has been read.
    gap: bool,
}

impl Form {
    /// The beginning of an IPv4 address.
    pub(super) const QUAD: Form = Form::Quad(0, None);
    /// The beginning of an IPv6 address.
    pub(super) const SIX: Form = Form::Six(Six { groups: 0, digits: 0, colons: 0, gap: false });
    /// The beginning of what holds every IPv6 address, and more.
    pub(super) const GROUP: Form = Form::Group(0);

    /// The characters that it needs.
    pub(super) fn characters(self) -> &'static str {
        match self {
            Form::Any => "",
            Form::Quad(..) => "1234567890.",
            Form::Six(_) => ":1234567890abcdef",
            Form::Group(_) | Form::Colon => ":",
        }
    }

    /// After one more character; `None` when no text goes on so.
    pub(super) fn after(self, c: char) -> Option<Form> {
        match self {
            Form::Any | Form::Colon => Some(self),
            Form::Six(six) => six.after(c).map(Form::Six),
            Form::Group(_) if c == ':' => Some(Form::Colon),
            Form::Group(digits) => {
                (digits < 4 && c.is_ascii_hexdigit()).then_some(Form::Group(digits + 1))
            }
            Form::Quad(numbers, Some(_)) if c == '.' => {
                (numbers < 3).then_some(Form::Quad(numbers + 1, None))
            }
            Form::Quad(numbers, begun) => {
                let digit = u16::try_from(c.to_digit(10)?).ok()?;
                let number = begun.unwrap_or_default() * 10 + digit;
                let fits = number <= 255 && begun != Some(0);
                fits.then_some(Form::Quad(numbers, Some(number)))
            }
        }
    }

    /// True when a text can end here.
    pub(super) fn is_whole(self) -> bool {
        match self {
            Form::Any | Form::Quad(3, Some(_)) | Form::Colon => true,
            Form::Six(six) => six.is_whole(),
            Form::Quad(..) | Form::Group(_) => false,
        }
    }
}

impl Six {
    fn after(self, c: char) -> Option<Six> {
        if c == ':' {
            let twice = self.colons == 1;
            let fits = self.colons < 2 && !(twice && self.gap) && self.groups < 8;
            return fits.then_some(Six {
                digits: 0,
                colons: self.colons + 1,
                gap: self.gap || twice,
                ..self
            });
        }
        let begins = self.digits == 0;
        let alone = self.groups == 0 && self.colons == 1;
        let room = if begins { self.groups < 8 && !alone } else { self.digits < 4 };
        let next = Six {
            groups: self.groups + u8::from(begins),
            digits: self.digits + 1,
            colons: 0,
            gap: self.gap,
        };
        (c.is_ascii_hexdigit() && room).then_some(next)
    }

    fn is_whole(self) -> bool {
        if self.gap {
            self.groups < 8 && self.colons != 1
        } else {
            self.groups == 8 && self.digits > 0
        }
    }
}
