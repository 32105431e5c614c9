//! The administrative units on the places of cases, each kept once, with what is counted in it.
//! Deliberately absent: how units lie now; a place is that of the day of registration.

use std::collections::HashMap;
use std::iter::successors;

use procedure::UnitCode;

use super::{Counts, Unit};

/// A unit among [`Places`]: the number of the place that ends there.
pub(super) type Node = u32;

/// The unit that all others lie in.
const TOP: Node = 0;

/// The units as a tree. One that has moved stands in it under each unit that it was part of.
pub(super) struct Places {
    nodes: Vec<(UnitCode, Node)>,
    found: HashMap<(Node, UnitCode), Node>,
}

impl Places {
    pub(super) fn below(top: UnitCode) -> Self {
        Self { nodes: vec![(top, TOP)], found: HashMap::new() }
    }

    /// The place of a path, if it leads through the top.
    pub(super) fn of_path(&mut self, path: &[UnitCode]) -> Option<Node> {
        let (top, _) = self.nodes.first()?;
        let below = path.iter().position(|unit| unit == top)? + 1;
        let below = path.get(below..).unwrap_or_default();
        Some(below.iter().fold(TOP, |parent, unit| self.child(parent, unit)))
    }

    fn child(&mut self, parent: Node, unit: &UnitCode) -> Node {
        let next = self.nodes.len() as Node;
        let node = *self.found.entry((parent, unit.clone())).or_insert(next);
        if node == next {
            self.nodes.push((unit.clone(), parent));
        }
        node
    }

    /// How many there are; all places are below.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The place and all above it.
    pub(super) fn up(&self, place: Node) -> impl Iterator<Item = Node> {
        successors(Some(place), |node| (*node != TOP).then(|| self.nodes[*node as usize].1))
    }

    /// The codes of a place, from the top down.
    pub(super) fn path(&self, place: Node) -> Vec<&UnitCode> {
        let mut path: Vec<_> = self.up(place).map(|node| &self.nodes[node as usize].0).collect();
        path.reverse();
        path
    }

    /// All places by their codes: each stands before those below it.
    pub(super) fn in_order(&self) -> Vec<Node> {
        let mut places: Vec<_> = (TOP..self.len() as Node).collect();
        places.sort_by_cached_key(|place| self.path(*place));
        places
    }

    /// The tree, with what was counted in each unit and in that unit alone, by number of place.
    pub(super) fn tree(&self, counts: &mut [Counts], here: &mut [Counts]) -> Option<Unit> {
        let mut below: HashMap<Node, Vec<Unit>> = HashMap::new();
        for node in self.in_order().into_iter().rev() {
            let (unit, parent) = &self.nodes[node as usize];
            let mut children = below.remove(&node).unwrap_or_default();
            children.reverse();
            let unit = Unit {
                unit: unit.clone(),
                counts: std::mem::take(&mut counts[node as usize]),
                here: std::mem::take(&mut here[node as usize]),
                below: children,
            };
            if node == TOP {
                return Some(unit);
            }
            below.entry(*parent).or_default().push(unit);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(codes: &[&str]) -> Vec<UnitCode> {
        codes.iter().map(|code| code.parse().unwrap()).collect()
    }

    #[test]
    fn a_place_begins_at_the_top_and_one_elsewhere_is_none() {
        let mut places = Places::below("25".parse().unwrap());
        let hamlet = places.of_path(&units(&["VN", "25", "05158", "05158-02"])).unwrap();
        assert_eq!(places.of_path(&units(&["VN", "25", "05158", "05158-02"])), Some(hamlet));
        assert_eq!(places.of_path(&units(&["VN", "25"])), Some(TOP));
        assert_eq!(places.of_path(&units(&["VN", "01", "00004"])), None);
        assert_eq!(places.len(), 3);
        let path = units(&["25", "05158", "05158-02"]);
        assert_eq!(places.path(hamlet), path.iter().collect::<Vec<_>>());
    }

    #[test]
    fn units_stand_in_the_order_of_their_codes() {
        let mut places = Places::below("VN".parse().unwrap());
        for path in [["VN", "25", "2"], ["VN", "25", "1"], ["VN", "01", "3"]] {
            places.of_path(&units(&path));
        }
        let mut counts = vec![Counts::default(); places.len()];
        let top = places.tree(&mut counts.clone(), &mut counts).unwrap();
        let codes = |unit: &Unit| unit.below.iter().map(|unit| unit.unit.clone()).collect();
        let provinces: Vec<UnitCode> = codes(&top);
        assert_eq!(provinces, units(&["01", "25"]));
        let communes: Vec<UnitCode> = codes(&top.below[1]);
        assert_eq!(communes, units(&["1", "2"]));
    }
}
