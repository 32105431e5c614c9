//! Whether the competent authority can sign, correct or cancel.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Power;
use crate::date::Date;
use crate::decision::decide::{Acting, annex, authority};
use crate::decision::error::Refusal;
use crate::decision::event::{DecisionCancelled, DecisionCorrected, DecisionSigned, Event};
use crate::decision::state::{Drafted, Signed, State};
use crate::refusal::Refused;
use crate::text::{Digest, Sealed, number_of_act};

pub(super) fn sign(
    state: &State,
    drafted: &Drafted,
    (number, date, annex): (String, Date, Digest),
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let number = printable(number)?;
    must_be_in_season(drafted, date, acting)?;
    must_be_dated(date, drafted.on, acting)?;
    let power = authority::may_sign(&drafted.unit, date, acting)?;
    annex::must_be_ready(state, acting.context.lines)?;
    let cases = u32::try_from(state.listed.len()).unwrap_or(u32::MAX);
    let (Power { by, in_place_of }, on) = (power, acting.context.today);
    Ok(vec![DecisionSigned { number, date, cases, annex, by, in_place_of, on }.into()])
}

/// A signed decision that a new act speaks of.
pub(super) struct After<'a> {
    pub(super) drafted: &'a Drafted,
    pub(super) signed: &'a Signed,
}

impl After<'_> {
    pub(super) fn correct(
        &self,
        act: (String, Date),
        corrected_number: Option<String>,
        note: Sealed,
        acting: &Acting<'_>,
    ) -> Result<Vec<Event>, Refused> {
        let (number, date, power) = self.act(act, acting)?;
        let corrected_number = corrected_number.map(printable).transpose()?;
        let (Power { by, in_place_of }, on) = (power, acting.context.today);
        let event = DecisionCorrected { number, date, corrected_number, note, by, in_place_of, on };
        Ok(vec![event.into()])
    }

    pub(super) fn cancel(
        &self,
        act: (String, Date),
        reason: Sealed,
        acting: &Acting<'_>,
    ) -> Result<Vec<Event>, Refused> {
        let (number, date, power) = self.act(act, acting)?;
        let (Power { by, in_place_of }, on) = (power, acting.context.today);
        Ok(vec![DecisionCancelled { number, date, reason, by, in_place_of, on }.into()])
    }

    /// The new act, if its number can be one and whoever signs was competent on the day it bears.
    fn act(
        &self,
        (number, date): (String, Date),
        acting: &Acting<'_>,
    ) -> Result<(String, Date, Power), Refused> {
        let number = printable(number)?;
        must_be_dated(date, self.signed.date, acting)?;
        let power = authority::may_mend(self.drafted, date, acting)?;
        Ok((number, date, power))
    }
}

fn printable(number: String) -> Result<String, Refusal> {
    let bad = || Refusal::BadNumber { number: number.chars().take(80).collect() };
    number_of_act(&number).ok_or_else(bad)
}

fn must_be_in_season(drafted: &Drafted, date: Date, acting: &Acting<'_>) -> Result<(), Refusal> {
    let season = &acting.context.definition.season;
    let opens = season.recognition_from.as_ref().and_then(|day| day.of(drafted.year));
    match opens.filter(|from| date < *from) {
        Some(from) => Err(Refusal::TooEarly { from }),
        None => Ok(()),
    }
}

/// Nobody signs before what he signs, nor on a day that has not come.
fn must_be_dated(date: Date, earliest: Date, acting: &Acting<'_>) -> Result<(), Refusal> {
    let latest = acting.context.today;
    if date < earliest || date > latest {
        return Err(Refusal::BadDate { date, earliest, latest });
    }
    Ok(())
}
