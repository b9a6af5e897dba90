//! A report as plain text: the part of a mail beside the one with tables.

use crate::{
    view::{Bullets, ChangesView, DueOf, KeyResultTable, KpiPart, OwedTable, ReportView},
    words::Words,
};

/// The whole report, a thing a line.
pub fn report_text(report: &ReportView) -> String {
    let mut out = Out(String::with_capacity(8 << 10));
    out.line(&report.headline);
    out.line("");
    let whose = if report.whose.is_empty() { String::new() } else { format!(" · {}", report.whose) };
    out.line(&format!("{}{whose} · {} · {}", report.company, report.kind, report.stands));
    for paragraph in [report.foreword_text.as_str(), &report.lead.join(" ")].into_iter().filter(|it| !it.is_empty()) {
        out.line("");
        out.line(paragraph);
    }
    if let Some(part) = &report.moved {
        out.heading(&part.heading);
        for it in &part.items {
            let quote = it.quote.as_ref().map_or_else(String::new, |it| format!(" “{}” ({})", it.text, it.by.text));
            out.line(&format!("{} {}: {}{quote}", it.symbol, it.title.text, it.text));
        }
        out.rest(&part.rest);
    }
    if let Some(part) = &report.review {
        out.heading(&part.heading);
        for group in &part.groups {
            out.line(&format!("{} {} – {}, {}", group.symbol, group.title.text, group.status.word, group.score));
            for it in &group.rows {
                out.line(&format!("   {} {}: {} ({}), {}", it.symbol, it.title.text, it.value, it.range, it.score));
            }
            let why = group.reason.as_ref().map_or_else(|| group.no_reason.clone(), |it| format!("“{}” {}", it.text, it.by.text));
            out.line(&format!("   {why}"));
        }
        out.rest(&part.rest);
        part.lists.iter().for_each(|it| out.bullets(it));
    }
    if let Some(table) = &report.key_results {
        out.key_results(table);
    }
    report.lists.iter().for_each(|it| out.bullets(it));
    if let Some(part) = &report.kpis {
        out.kpis(part);
    }
    for table in [&report.kept, &report.owed].into_iter().flatten() {
        out.owed(table);
    }
    if let Some(list) = &report.silent {
        out.bullets(list);
    }
    if let Some(appendix) = &report.appendix {
        out.heading(&appendix.heading);
        if let Some(table) = &appendix.key_results {
            out.key_results(table);
        }
        if let Some(part) = &appendix.kpis {
            out.kpis(part);
        }
        out.bullets(&appendix.check_ins);
    }
    out.line("");
    report.ways.iter().for_each(|it| out.line(&format!("{}: {}", it.text, it.href)));
    out.line(&report.foot);
    out.0
}

/// What changed, for a terminal.
pub fn changes_text(view: &ChangesView) -> String {
    let mut out = Out(String::new());
    out.line(&view.heading);
    out.rest(&view.nothing);
    if !view.goals.is_empty() {
        out.line("");
        out.line(&view.goals_heading);
        view.goals.iter().for_each(|it| out.line(&format!("  ! {}: {} ({})", it.title, it.text, it.source)));
    }
    for objective in &view.objectives {
        out.line("");
        let text = if objective.text.is_empty() { String::new() } else { format!(": {}", objective.text) };
        out.line(&format!("{}{text}", objective.title));
        objective.key_results.iter().for_each(|it| out.line(&format!("  - {}: {}", it.title, it.text)));
    }
    out.0
}

/// Who owes what, for a terminal. `words` gives the sentences around it.
pub fn due_text(words: &Words, all: &[DueOf], day: &str) -> String {
    let mut out = Out(String::new());
    let count = all.iter().map(|it| it.lines.len()).sum::<usize>();
    if count == 0 {
        out.line(&words.say("due.none", &[("day", day.into())]));
        return out.0;
    }
    out.line(&words.say("due.heading", &[("n", count.into()), ("day", day.into())]));
    for person in all {
        out.line("");
        out.line(&person.who);
        for it in &person.lines {
            let of = if it.of.is_empty() { String::new() } else { format!(" ({})", it.of) };
            out.line(&format!("  {}: {}{of}", it.when, it.what));
            let how = if it.command.is_empty() { &it.source } else { &it.command };
            if !how.is_empty() {
                out.line(&format!("    {how}"));
            }
        }
    }
    out.0
}

struct Out(String);

impl Out {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.line("");
        self.line(text);
        self.line(&"-".repeat(text.chars().count().min(72)));
    }

    fn rest(&mut self, text: &str) {
        if !text.is_empty() {
            self.line(text);
        }
    }

    fn key_results(&mut self, table: &KeyResultTable) {
        self.heading(&table.heading);
        for it in &table.rows {
            let moved = if it.moved.is_empty() { String::new() } else { format!(" ({})", it.moved) };
            self.line(&format!("{} {} – {}: {}, {}", it.symbol, it.title.text, it.status.word, it.value, it.range));
            self.line(&format!("   {} {}{moved}  {}", it.bar.text, it.progress, it.owner));
        }
        self.rest(&table.rest);
    }

    fn kpis(&mut self, part: &KpiPart) {
        self.heading(&part.heading);
        for it in &part.rows {
            let target = [it.target.as_str(), it.met.as_str(), it.partial.as_str()].into_iter().filter(|it| !it.is_empty());
            let target: Vec<&str> = target.collect();
            self.line(&format!("{} {} – {}: {} ({})", it.symbol, it.title.text, it.mark.word, it.value, target.join(", ")));
        }
        self.rest(&part.rest);
    }

    fn bullets(&mut self, list: &Bullets) {
        self.heading(&list.heading);
        for it in &list.items {
            let by = if it.by.text.is_empty() { String::new() } else { format!(" ({})", it.by.text) };
            self.line(&format!("- {}{by}", it.text));
        }
        self.rest(&list.more);
    }

    fn owed(&mut self, table: &OwedTable) {
        self.heading(&table.heading);
        self.rest(&table.sum);
        for it in &table.rows {
            let fate = if it.fate.is_empty() { String::new() } else { format!(" – {}", it.fate) };
            self.line(&format!("- {} – {}, {}{fate}", it.what, it.who, it.by));
        }
        self.rest(&table.more);
    }
}
