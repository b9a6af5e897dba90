//! `check`: findings only.

use crate::export::findings_json;

use super::{
    Failure, Outcome, Volume,
    args::{Check, CheckFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Check, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(crate::model::Visibility::Restricted, Into::into);
    if arguments.fix {
        super::fix::run(arguments, audience)?;
    }
    let session = Session::open(&arguments.common, audience)?;
    match arguments.format {
        CheckFormat::Json => findings::print(findings_json(&session.findings, &session.words))?,
        CheckFormat::Human => {
            findings::show(&session, volume);
            if volume != Volume::Quiet {
                findings::say(&findings::summary(&session));
            }
        }
    }
    let (errors, warnings) = session.counts();
    let counts = errors > 0 || (arguments.deny.is_some() && warnings > 0);
    Ok(if counts { Outcome::Findings } else { Outcome::Fine })
}
