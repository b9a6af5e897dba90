//! A report as Markdown: what GitHub and GitLab show in a job's summary and in a comment.
//!
//! Whatever an author wrote stands there as text: signs of Markdown are escaped, and a name or number behind `@`, `#` or
//! `!` calls nobody.

use crate::{
    view::{Bullets, ChangesView, DueOf, KeyResultTable, KpiPart, MovedPart, OwedTable, ReportView, Review, calling_nobody},
    words::Words,
};

/// The whole report.
pub fn report_markdown(report: &ReportView) -> String {
    let mut out = String::with_capacity(16 << 10);
    line(&mut out, &["# ", &text(&report.headline)]);
    let whose = if report.whose.is_empty() { String::new() } else { format!(" · {}", text(&report.whose)) };
    line(&mut out, &["**", &text(&report.company), "**", &whose, " · ", &text(&report.kind), " · ", &text(&report.stands)]);
    if !report.foreword.is_empty() {
        line(&mut out, &[report.foreword.trim_end()]);
    }
    let lead: Vec<String> = report.lead.iter().map(|it| text(it)).collect();
    line(&mut out, &[&lead.join(" ")]);
    if let Some(part) = &report.moved {
        moved(&mut out, part);
    }
    if let Some(part) = &report.review {
        review(&mut out, part);
    }
    if let Some(table) = &report.key_results {
        key_results(&mut out, "##", table);
    }
    report.lists.iter().for_each(|it| bullets(&mut out, "##", it));
    if let Some(part) = &report.kpis {
        kpis(&mut out, "##", part);
    }
    for table in [&report.kept, &report.owed].into_iter().flatten() {
        owed(&mut out, table);
    }
    if let Some(list) = &report.silent {
        bullets(&mut out, "##", list);
    }
    if let Some(appendix) = &report.appendix {
        line(&mut out, &["## ", &text(&appendix.heading)]);
        if let Some(table) = &appendix.key_results {
            key_results(&mut out, "###", table);
        }
        if let Some(part) = &appendix.kpis {
            kpis(&mut out, "###", part);
        }
        bullets(&mut out, "###", &appendix.check_ins);
    }
    if !report.ways.is_empty() {
        let ways: Vec<String> = report.ways.iter().map(|it| link(&it.text, &it.href)).collect();
        line(&mut out, &[&ways.join(" · ")]);
    }
    line(&mut out, &["*", &text(&report.foot), "*"]);
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// What changed, for a job's summary or a comment.
pub fn changes_markdown(view: &ChangesView) -> String {
    let mut out = String::new();
    line(&mut out, &["# ", &text(&view.heading)]);
    rest(&mut out, &view.nothing);
    if !view.goals.is_empty() {
        heading(&mut out, "##", &view.goals_heading);
        for it in &view.goals {
            out.push_str(&format!("- **{}**: {} `{}`\n", text(&it.title), text(&it.text), it.source.replace('`', "'")));
        }
        out.push('\n');
    }
    for objective in &view.objectives {
        heading(&mut out, "##", &objective.title);
        rest(&mut out, &objective.text);
        objective.key_results.iter().for_each(|it| out.push_str(&format!("- **{}**: {}\n", text(&it.title), text(&it.text))));
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// Who owes what, for a comment. `words` gives the sentences around it.
pub fn due_markdown(words: &Words, all: &[DueOf], day: &str) -> String {
    let mut out = String::new();
    let count = all.iter().map(|it| it.lines.len()).sum::<usize>();
    if count == 0 {
        line(&mut out, &[&text(&words.say("due.none", &[("day", day.into())]))]);
        return out;
    }
    line(&mut out, &["# ", &text(&words.say("due.heading", &[("n", count.into()), ("day", day.into())]))]);
    for person in all {
        heading(&mut out, "##", &person.who);
        for it in &person.lines {
            let of = if it.of.is_empty() { String::new() } else { format!(" ({})", text(&it.of)) };
            let how = if it.command.is_empty() { &it.source } else { &it.command };
            let how = if how.is_empty() { String::new() } else { format!(" `{}`", how.replace('`', "'")) };
            out.push_str(&format!("- **{}** {}{of}{how}\n", text(&it.when), text(&it.what)));
        }
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// A paragraph.
fn line(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|it| out.push_str(it));
    out.push_str("\n\n");
}

fn heading(out: &mut String, level: &str, words: &str) {
    line(out, &[level, " ", &text(words)]);
}

fn moved(out: &mut String, part: &MovedPart) {
    heading(out, "##", &part.heading);
    for it in &part.items {
        out.push_str(&format!("- {} **{}**: {}", it.symbol, link(&it.title.text, &it.title.href), text(&it.text)));
        if let Some(quote) = &it.quote {
            out.push_str(&format!(" “{}” ({})", text(&quote.text), link(&quote.by.text, &quote.by.href)));
        }
        out.push('\n');
    }
    out.push('\n');
    if !part.rest.is_empty() {
        line(out, &[&text(&part.rest)]);
    }
}

fn key_results(out: &mut String, level: &str, table: &KeyResultTable) {
    heading(out, level, &table.heading);
    let [status, title, value, bar, since] = &table.head;
    let moved = |points: &str| if points.is_empty() { String::new() } else { format!(" ({})", cell(points)) };
    row(out, &[cell(status), cell(title), cell(value), format!("{} ({})", cell(bar), cell(since))]);
    out.push_str("|---|---|---|---|\n");
    for it in &table.rows {
        let owner = if it.owner.is_empty() { String::new() } else { format!("<br>{}", cell(&it.owner)) };
        let cells = [
            format!("{} {}", it.symbol, cell(&it.status.word)),
            format!("{}{owner}", link_cell(&it.title.text, &it.title.href)),
            format!("{}<br>{}", cell(&it.value), cell(&it.range)),
            format!("`{}` {}{}", it.bar.text.replace('|', "\u{2502}"), cell(&it.progress), moved(&it.moved)),
        ];
        row(out, &cells);
    }
    out.push('\n');
    rest(out, &table.rest);
}

fn kpis(out: &mut String, level: &str, part: &KpiPart) {
    heading(out, level, &part.heading);
    if !part.rows.is_empty() {
        let [variation, title, value, target, _, met] = &part.head;
        row(out, &[variation, title, value, target, met].map(|it| cell(it)));
        out.push_str("|---|---|--:|--:|---|\n");
        for it in &part.rows {
            let owner = if it.owner.is_empty() { String::new() } else { format!("<br>{}", cell(&it.owner)) };
            let partial = if it.partial.is_empty() { String::new() } else { format!("<br>{}", cell(&it.partial)) };
            let cells = [
                format!("{} {}", it.symbol, cell(&it.mark.word)),
                format!("{}{owner}", link_cell(&it.title.text, &it.title.href)),
                format!("{}{partial}", cell(&it.value)),
                cell(&it.target),
                cell(&it.met),
            ];
            row(out, &cells);
        }
        out.push('\n');
    }
    rest(out, &part.rest);
}

fn bullets(out: &mut String, level: &str, list: &Bullets) {
    heading(out, level, &list.heading);
    for it in &list.items {
        let by = if it.by.text.is_empty() { String::new() } else { format!(" – {}", link(&it.by.text, &it.by.href)) };
        out.push_str(&format!("- {}{by}\n", text(&it.text)));
    }
    if !list.items.is_empty() {
        out.push('\n');
    }
    rest(out, &list.more);
}

fn owed(out: &mut String, table: &OwedTable) {
    heading(out, "##", &table.heading);
    rest(out, &table.sum);
    if !table.rows.is_empty() {
        row(out, &table.head.iter().map(|it| cell(it)).collect::<Vec<_>>());
        row(out, &table.head.iter().map(|_| "---".to_owned()).collect::<Vec<_>>());
        for it in &table.rows {
            let fate = (!it.fate.is_empty()).then(|| cell(&it.fate));
            row(out, &[cell(&it.what), cell(&it.who), cell(&it.by)].into_iter().chain(fate).collect::<Vec<_>>());
        }
        out.push('\n');
    }
    rest(out, &table.more);
}

fn review(out: &mut String, part: &Review) {
    heading(out, "##", &part.heading);
    line(out, &["*", &text(&part.how), "*"]);
    row(out, &part.head.each_ref().map(|it| cell(it)));
    out.push_str("|---|---|--:|\n");
    for group in &part.groups {
        let why = match &group.reason {
            Some(quote) => format!("“{}” {}", cell(&quote.text), cell(&quote.by.text)),
            None => cell(&group.no_reason),
        };
        let title = link_cell(&group.title.text, &group.title.href);
        row(
            out,
            &[
                format!("{} **{title}**<br>{}<br>{why}", group.symbol, cell(&group.meta)),
                cell(&group.status.word),
                format!("**{}**", cell(&group.score)),
            ],
        );
        for it in &group.rows {
            let value = format!("{}<br>{}", cell(&it.value), cell(&it.range));
            row(out, &[format!("{} {}", it.symbol, link_cell(&it.title.text, &it.title.href)), value, cell(&it.score)]);
        }
    }
    out.push('\n');
    rest(out, &part.rest);
    part.lists.iter().for_each(|it| bullets(out, "##", it));
}

fn rest(out: &mut String, words: &str) {
    if !words.is_empty() {
        line(out, &[&text(words)]);
    }
}

fn row(out: &mut String, cells: &[String]) {
    out.push_str("| ");
    out.push_str(&cells.join(" | "));
    out.push_str(" |\n");
}

fn link(words: &str, href: &str) -> String {
    if href.is_empty() { text(words) } else { format!("[{}]({href})", text(words)) }
}

fn link_cell(words: &str, href: &str) -> String {
    if href.is_empty() { cell(words) } else { format!("[{}]({href})", cell(words)) }
}

/// A text in a table: on one line.
fn cell(words: &str) -> String {
    inline(words)
}

/// A text as text, on one line: no sign of Markdown or HTML works, and nobody is called.
fn text(words: &str) -> String {
    let mut out = inline(words);
    // What would open a list, a quotation or a heading at the head of a line.
    let opens = out.starts_with(['-', '+', '#', '=']) || out.split_once(['.', ')']).is_some_and(|(front, _)| is_number(front));
    if opens {
        let digits = out.bytes().take_while(u8::is_ascii_digit).count();
        out.insert(digits, '\\');
    }
    out
}

fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for letter in words.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    calling_nobody(&out)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    #[test]
    fn whatever_somebody_writes_is_read_back_as_that() {
        for written in [
            "**bold** _it_ `code` [a](javascript:x) <script>alert(1)</script>",
            "- not a list",
            "+ nor this",
            "# nor a head",
            "1. nor a number",
            "12) nor this",
            "= x",
            "> quote",
            "a | b ~~c~~",
            "\\ &amp; &",
        ] {
            let markdown = text(written);
            let mut read = String::new();
            for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
                match event {
                    Event::Text(words) => read.push_str(&words),
                    Event::Start(Tag::Paragraph) | Event::End(_) => {}
                    other => panic!("{written}: {other:?}"),
                }
            }
            assert_eq!(read, written);
        }
        assert_eq!(text("@lan #12 !3"), "@\u{2060}lan #\u{2060}12 !\u{2060}3");
    }
}
