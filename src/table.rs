//! Maps and sets that find things by their hash and keep them in the order in which they came.
//!
//! All types share one piece of code. A hash map of the usual kind has a copy of its own for each
//! type, which is 3 KB of a browser's module.

use std::borrow::Borrow;
use std::hash::{BuildHasher as _, Hash};

use hashbrown::HashTable;

/// A browser loads this one anyway, with the JSON values of parameters; elsewhere the faster one counts.
#[cfg(target_family = "wasm")]
type Hasher = std::hash::RandomState;
#[cfg(not(target_family = "wasm"))]
type Hasher = hashbrown::DefaultHashBuilder;

/// A map.
#[derive(Clone, Debug)]
pub(crate) struct Table<K, V = ()> {
    rows: Vec<(K, V)>,
    index: Index,
}

/// Where rows stand, by the hash of their keys.
#[derive(Clone, Debug, Default)]
struct Index {
    places: HashTable<(u64, usize)>,
    hasher: Hasher,
}

impl Index {
    fn find(&self, hash: u64, is_it: &dyn Fn(usize) -> bool) -> Option<usize> {
        let found = self.places.find(hash, |(known, at)| *known == hash && is_it(*at));
        found.map(|(_, at)| *at)
    }

    fn add(&mut self, hash: u64, at: usize) {
        self.places.insert_unique(hash, (hash, at), |(hash, _)| *hash);
    }
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Table { rows: Vec::new(), index: Index::default() }
    }
}

impl<K: Hash + Eq, V> Table<K, V> {
    fn place<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> (u64, Option<usize>)
    where
        K: Borrow<Q>,
    {
        let hash = self.index.hasher.hash_one(key);
        let is_it = |at: usize| self.rows.get(at).is_some_and(|(known, _)| known.borrow() == key);
        (hash, self.index.find(hash, &is_it))
    }

    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (_, at) = self.place(key);
        self.rows.get(at?).map(|(_, value)| value)
    }

    pub(crate) fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (_, at) = self.place(key);
        self.rows.get_mut(at?).map(|(_, value)| value)
    }

    pub(crate) fn contains<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).1.is_some()
    }

    /// Takes in a key with its value, unless the key is known; true when it is new.
    pub(crate) fn add(&mut self, key: K, value: V) -> bool {
        let (hash, None) = self.place(&key) else { return false };
        self.index.add(hash, self.rows.len());
        self.rows.push((key, value));
        true
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.rows.iter().map(|(key, _)| key)
    }
}

impl<K: Hash + Eq, V> Table<K, Vec<V>> {
    /// What is listed under a key, which is taken in if it is new.
    pub(crate) fn list(&mut self, key: K, change: impl FnOnce(&mut Vec<V>)) {
        if let Some(list) = self.get_mut(&key) {
            return change(list);
        }
        let mut list = Vec::new();
        change(&mut list);
        self.add(key, list);
    }
}

impl<K: Hash + Eq> FromIterator<K> for Table<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut table = Table::default();
        for key in keys {
            table.add(key, ());
        }
        table
    }
}

/// True for each key that did not come before.
pub(crate) fn firsts<K: Hash + Eq>(keys: impl Iterator<Item = K>) -> Vec<bool> {
    let mut seen = Table::default();
    keys.map(|key| seen.add(key, ())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Table, firsts};

    #[test]
    fn the_first_of_each_key_counts() {
        let mut table: Table<String, Vec<i32>> = Table::default();
        for number in 0..1000 {
            table.list((number % 100).to_string(), |list| list.push(number));
        }
        assert_eq!(table.get("7").map(Vec::len), Some(10));
        assert!(!table.add("7".into(), Vec::new()) && table.contains("7"));
        assert_eq!(table.get("100"), None);
        assert_eq!(table.keys().take(3).collect::<Vec<_>>(), ["0", "1", "2"]);
        assert_eq!(firsts(["a", "b", "a", "c", "b"].into_iter()), [true, true, false, true, false]);
    }
}
