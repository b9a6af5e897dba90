//! `sheet`: KPI sheets, to hand out a month's targets and to assess it.

use std::collections::BTreeMap;

use crate::{
    compute::{self, SheetOf},
    model::{Period, PeriodKind, Visibility, Withheld, Workspace},
    site,
    view::SheetFor,
};

use super::{
    Failure, Outcome, Volume,
    args::{Sheet, SheetFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Sheet, volume: Volume) -> Result<Outcome, Failure> {
    // Whoever writes a sheet hands it to the one whom it concerns.
    let audience = arguments.common.audience.map_or(Visibility::Restricted, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    findings::count(&session, volume);
    let month = month(arguments, &session)?;
    if month.first() > session.scorecard.as_of && !arguments.assign {
        return Err(Failure(session.voice.say("cli.month-to-come", &[("month", month.to_string().into())])));
    }
    let whose = whose(arguments, &session)?;
    let mut sheets = compute::sheets_of_month(&session.workspace, &session.scorecard.kpis, &month, session.scorecard.as_of);
    sheets.retain(|sheet| match &whose {
        Some(of) => sheet.of == *of,
        None => true,
    });
    if sheets.is_empty() && are_withheld(&session, &month, whose.as_ref()) {
        let args = [("month", month.to_string().into()), ("audience", audience.name().into())];
        return Err(Failure(session.voice.say("cli.sheets-withheld", &args)));
    }
    if sheets.is_empty() {
        return Err(Failure(session.voice.say("cli.no-sheet", &[("month", month.to_string().into())])));
    }
    let purpose = if arguments.assign { SheetFor::Assigning } else { SheetFor::Assessing };
    let (halves, quotes) = (session.own_half(), BTreeMap::new());
    let plan = session.plan(&halves, &quotes);
    let bytes = match arguments.format {
        SheetFormat::Html => site::sheets(&plan, &sheets, purpose)?,
        SheetFormat::Xlsx if arguments.out.is_none() => return Err(Failure(session.voice.word("cli.where-xlsx"))),
        SheetFormat::Xlsx => site::sheets_workbook(&plan, &sheets, purpose)?,
    };
    findings::deliver(arguments.out.as_deref(), &bytes)?;
    Ok(session.outcome())
}

/// Whether there would be a sheet, could this audience see it.
fn are_withheld(session: &Session, month: &Period, whose: Option<&SheetOf>) -> bool {
    let whole = Workspace { withheld: Withheld::default(), ..session.workspace.clone() };
    let sheets = compute::sheets_of_month(&whole, &session.scorecard.kpis, month, session.scorecard.as_of);
    sheets.iter().any(|sheet| whose.is_none_or(|of| sheet.of == *of))
}

/// The month that was asked for; else the last one that is over, or the next to be handed out.
fn month(arguments: &Sheet, session: &Session) -> Result<Period, Failure> {
    let calendar = session.workspace.config.calendar;
    if let Some(text) = &arguments.month {
        let month = Period::parse(text, calendar).filter(|it| matches!(it.kind(), PeriodKind::Month(_)));
        return month.ok_or_else(|| Failure(session.voice.say("cli.no-month", &[("value", text.as_str().into())])));
    }
    let as_of = session.scorecard.as_of;
    let first = as_of.first_of_month();
    let day = if arguments.assign { as_of.last_of_month().tomorrow() } else { first.yesterday() };
    let day = day.unwrap_or(as_of);
    Period::month(day.year(), day.month()).ok_or_else(|| Failure("the calendar ends here".to_owned()))
}

fn whose(arguments: &Sheet, session: &Session) -> Result<Option<SheetOf>, Failure> {
    match (&arguments.person, &arguments.department) {
        (Some(text), _) => Ok(Some(SheetOf::Person(session.person(text)?))),
        (None, Some(text)) => Ok(Some(SheetOf::Department(session.department(text)?))),
        (None, None) => Ok(None),
    }
}
