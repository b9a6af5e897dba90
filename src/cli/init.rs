//! `init --ci`: the recipe with which a job publishes a workspace.

use crate::{disk, model::Calendar, scaffold, words::Words};

use super::{
    Failure, Outcome,
    args::{Ci, Init},
    findings,
};

pub(crate) fn run(arguments: &Init) -> Result<Outcome, Failure> {
    let host = match arguments.ci {
        Ci::Github => scaffold::Host::Github,
        Ci::Gitlab => scaffold::Host::Gitlab,
    };
    let words = Words::load("en", Calendar::default()).expect("English is built in");
    let file = scaffold::recipe(host, env!("CARGO_PKG_VERSION"), &words);
    let path = arguments.dir.join(&file.path);
    disk::write_new(&path, file.text.as_bytes())?;
    findings::print(format!("{}\n", path.display()))?;
    Ok(Outcome::Fine)
}
