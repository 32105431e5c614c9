//! What differs between two texts, word by word. Deliberately absent: moved words.

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Whether the other text has it too.
    pub(super) same: bool,
}

/// Texts with more pairs of words than this differ as a whole.
const PAIRS_MAX: usize = 1_000_000;

/// The words of both texts, each marked as its own or as common to both.
pub(super) fn words(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let old: Vec<&str> = before.split_whitespace().collect();
    let new: Vec<&str> = after.split_whitespace().collect();
    let (kept_old, kept_new) = common(&old, &new);
    (pieces(&old, &kept_old), pieces(&new, &kept_new))
}

/// Which words of each belong to the longest part that both have in this order.
fn common(old: &[&str], new: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let (mut kept_old, mut kept_new) = (vec![false; old.len()], vec![false; new.len()]);
    let width = new.len() + 1;
    if old.len().saturating_mul(new.len()) > PAIRS_MAX {
        return (kept_old, kept_new);
    }
    // Length of the longest common part of what is left from each pair of places on.
    let mut left = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            left[i * width + j] = if old[i] == new[j] {
                left[(i + 1) * width + j + 1] + 1
            } else {
                left[(i + 1) * width + j].max(left[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            (kept_old[i], kept_new[j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if left[(i + 1) * width + j] >= left[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept_old, kept_new)
}

fn pieces(words: &[&str], kept: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (word, same) in words.iter().zip(kept) {
        match pieces.last_mut() {
            Some(piece) if piece.same == *same => {
                piece.text.push(' ');
                piece.text.push_str(word);
            }
            _ => pieces.push(Piece { text: (*word).to_owned(), same: *same }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        let text = pieces.iter().map(|piece| match piece.same {
            true => piece.text.clone(),
            false => format!("[{}]", piece.text),
        });
        text.collect::<Vec<_>>().join(" ")
    }

    fn difference(before: &str, after: &str) -> (String, String) {
        let (old, new) = words(before, after);
        (marked(&old), marked(&new))
    }

    #[test]
    fn words_that_differ_are_told_apart() {
        let (old, new) = difference("tổng điểm từ 75 trở lên", "tổng số điểm từ 80 trở lên");
        assert_eq!(old, "tổng điểm từ [75] trở lên");
        assert_eq!(new, "tổng [số] điểm từ [80] trở lên");
        assert_eq!(difference("", "a b"), (String::new(), "[a b]".to_owned()));
        assert_eq!(difference("a  b", "a b"), ("a b".to_owned(), "a b".to_owned()));
    }

    #[test]
    fn texts_that_are_too_long_differ_as_a_whole() {
        let (long, longer) = ("a ".repeat(1_001), "a ".repeat(1_000));
        let (old, new) = words(&long, &longer);
        assert!((old.len(), new.len()) == (1, 1) && !old[0].same && !new[0].same);
    }
}
