//! Networks: `10.16.0.0/12` as the dotted prefixes, or the addresses, that it stands for.
//!
//! Source: `docs/language.md`, 2.4. Any IPv4 network down to /8 is at most 128 prefixes.

use std::net::{Ipv4Addr, Ipv6Addr};

/// An IPv4 network as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    first: u32,
    length: u32,
    /// True when the address was not the network's first.
    pub(super) inside: bool,
}

/// Why a text with `/` in it is no IPv4 network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotANetwork {
    Ipv6,
    Malformed,
}

/// What a network stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Texts that its addresses start with.
    Prefixes(Vec<String>),
    /// All its addresses.
    Addresses(Vec<String>),
}

/// True for the beginning of an address: octets that are whole but for the last, or groups of an
/// IPv6 address.
pub(super) fn is_prefix(text: &str) -> bool {
    let group =
        |group: &str| group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    if text.contains(':') {
        return text.split(':').count() <= 8 && text.split(':').all(group);
    }
    let octets: Vec<&str> = text.split('.').collect();
    let octet = |(place, octet): (usize, &&str)| {
        let last = place + 1 == octets.len();
        let plain = octet.len() == 1 || !octet.starts_with('0');
        octet.is_empty() && last && place > 0 || plain && octet.parse::<u8>().is_ok()
    };
    octets.len() <= 4 && octets.iter().enumerate().all(octet)
}

/// True for a text of digits and the marks of addresses, ranges and wildcards.
pub(super) fn looks_like_address(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_digit() || b".:/-*".contains(&byte);
    text.contains(['.', ':'])
        && text.contains(|c: char| c.is_ascii_digit())
        && text.bytes().all(fits)
}

/// True for a text that can only have been meant as a network, well formed or not.
pub(super) fn looks_like_network(text: &str) -> bool {
    let address = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
    text.split_once('/').is_some_and(|(head, _)| !head.is_empty() && head.bytes().all(address))
}

impl Network {
    pub(super) fn read(text: &str) -> Result<Network, NotANetwork> {
        let (address, length) = text.split_once('/').ok_or(NotANetwork::Malformed)?;
        if address.parse::<Ipv6Addr>().is_ok() {
            return Err(NotANetwork::Ipv6);
        }
        let address: Ipv4Addr = address.parse().map_err(|_| NotANetwork::Malformed)?;
        let digits = length.bytes().all(|byte| byte.is_ascii_digit()) && length.len() <= 2;
        let length: u32 = length.parse().map_err(|_| NotANetwork::Malformed)?;
        if !digits || length > 32 {
            return Err(NotANetwork::Malformed);
        }
        let size = u32::MAX.checked_shr(length).unwrap_or(0);
        let first = address.to_bits() & !size;
        Ok(Network { first, length, inside: first != address.to_bits() })
    }

    pub(super) fn stands_for(self) -> Stands {
        let whole_octets = (self.length.div_ceil(8)).max(1);
        let step = 32 - 8 * whole_octets;
        let count = 1_u32 << (8 * whole_octets - self.length);
        let addresses = (0..count).map(|place| Ipv4Addr::from_bits(self.first + (place << step)));
        if whole_octets == 4 {
            return Stands::Addresses(addresses.map(|address| address.to_string()).collect());
        }
        let prefix = |address: Ipv4Addr| {
            let octets = address.octets();
            octets.iter().take(whole_octets as usize).map(|octet| format!("{octet}.")).collect()
        };
        Stands::Prefixes(addresses.map(prefix).collect())
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.first), self.length)
    }
}
