//! `task-like`: a doing instead of a result. `kind: done` without a day; else a title that tells a doing and names no
//! measure. An edition, a year, a rank, a standard's number measure nothing; `kind: done` with `due` is spared.

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{KeyResult, Measure, State},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let objectives = look.workspace.objectives.par_iter().filter(|it| !matches!(it.state, State::Cancelled { .. }));
    let key_results = objectives.flat_map_iter(|it| &it.key_results).filter(|it| !it.cancelled && !it.misread);
    let found: Vec<Finding> = key_results.filter_map(judged).collect();
    findings.extend(found);
}

fn judged(key_result: &KeyResult) -> Option<Finding> {
    let place = || Place::at(&key_result.source, key_result.title_at);
    let finding = |message| Finding::new(Code::TaskLike, place()).says(message).text("title", &key_result.title);
    match &key_result.measure {
        Measure::Done { due: Some(_), .. } => None,
        Measure::Done { due: None, .. } => Some(finding("task-like.done")),
        Measure::Kpi { .. } | Measure::Hold { .. } => None,
        Measure::Metric { .. } | Measure::Milestones(_) | Measure::Unmeasured { .. } => {
            let Doing { words, of } = doing(&key_result.title)?;
            // "Open tickets" from 120 to 40: a thing that is counted already, whose name only looks like a verb.
            let counted_already = matches!(&key_result.measure, Measure::Metric { start, .. } if start.value != 0.0);
            if counted_already && may_be_a_noun(&words, &of) {
                return None;
            }
            let message = match (of.is_empty(), TOOL_VERBS.contains(&words.to_lowercase().as_str())) {
                (true, _) => "task-like.event",
                (false, true) => "task-like.tool",
                (false, false) => "task-like",
            };
            Some(finding(message).text("words", words).text("of", of))
        }
    }
}

/// The words that tell a doing, and what is done.
#[derive(Debug, PartialEq, Eq)]
struct Doing {
    words: String,
    of: String,
}

/// A title that tells a doing and names no measure.
fn doing(title: &str) -> Option<Doing> {
    let title: String = title.nfc().collect();
    let title = title.trim().trim_end_matches('.');
    let title =
        ["We will ", "we will ", "Sẽ ", "sẽ ", "Chúng ta sẽ ", "To "].iter().find_map(|lead| title.strip_prefix(lead)).unwrap_or(title);
    let found = told_by(title)?;
    // Few titles come this far, and this looks at every word.
    (!names_a_measure(title)).then_some(found)
}

fn told_by(title: &str) -> Option<Doing> {
    let lower = title.to_lowercase();
    let starts = |words: &&&str| lower.strip_prefix(**words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if let Some(verb) = VERBS.iter().filter(starts).max_by_key(|verb| verb.len()) {
        // Lower case may have another length, but for none of the letters of these words.
        let (words, of) = title.split_at_checked(verb.len())?;
        return Some(Doing { words: words.to_owned(), of: of.trim().to_owned() });
    }
    if let Some(noun) = EVENTS.iter().filter(starts).max_by_key(|noun| noun.len()) {
        return Some(Doing { words: title.get(..noun.len())?.to_owned(), of: String::new() });
    }
    let end = ENDS.iter().find(|end| lower.strip_suffix(**end).is_some_and(|rest| rest.ends_with(' ')))?;
    Some(Doing { words: (*end).to_owned(), of: String::new() })
}

/// Whether a verb may be the first half of a name: no article or the like stands between it and what follows.
fn may_be_a_noun(verb: &str, of: &str) -> bool {
    let next = of.split_whitespace().next().unwrap_or_default().to_lowercase();
    NOUNS_TOO.contains(&verb.to_lowercase().as_str()) && !DETERMINERS.contains(&next.as_str())
}

/// Verbs that are nouns or adjectives, too.
#[rustfmt::skip]
const NOUNS_TOO: &[&str] = &[
    "test", "record", "open", "print", "map", "plan", "start", "set", "move", "review", "survey", "draft", "ship", "hire", "host",
    "pilot", "design", "film", "plant", "stage", "label", "document", "audit", "train", "build", "research", "repair", "purchase", "run",
    "launch", "update", "upgrade", "release", "replace", "return", "produce", "make", "complete", "clean", "hold", "schedule",
    "catalogue", "conduct", "collect", "mở", "làm", "chạy", "thay", "in", "mua", "gặp", "thăm", "đưa", "sửa", "lắp", "xây", "viết", "xin",
    "họp", "ký", "kiểm tra", "báo cáo", "đánh giá", "đào tạo", "tuyển dụng", "thiết kế", "bảo trì", "bảo dưỡng", "sửa chữa", "nghiên cứu",
    "khảo sát", "vận hành", "đăng ký",
];

#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "all", "our", "every", "each", "new", "this", "that", "their", "its", "your", "up", "out", "các", "những", "mọi",
    "toàn", "lại", "xong", "bộ", "một",
];

/// What people write when they do something, in Vietnamese and English. Verbs of change (tăng, giảm, cut, grow) are
/// not among them: they ask for a measure.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    // Vietnamese
    "hoàn thành", "hoàn tất", "hoàn thiện", "tiến hành", "bàn bạc", "thảo luận", "triển khai", "xây dựng", "xây", "dựng", "tổ chức", "ra mắt", "soạn", "soạn thảo",
    "biên soạn", "viết", "viết lại", "đào tạo", "tập huấn", "huấn luyện", "thiết lập", "lập", "thành lập", "nghiên cứu", "chuẩn bị",
    "lắp", "lắp đặt", "mua", "sửa", "sửa chữa", "cải tạo", "chuyển", "chuyển đổi", "cập nhật", "nâng cấp", "ban hành", "ký", "ký kết",
    "khảo sát", "rà soát", "kiểm kê", "kiểm tra", "thực hiện", "phát triển", "thiết kế", "khai trương", "mở", "làm", "làm lại", "làm mới",
    "chạy", "chạy thử", "áp dụng", "số hóa", "số hoá", "tích hợp", "xin", "tuyển", "tuyển dụng", "in", "dịch", "chuẩn hóa", "chuẩn hoá",
    "hướng dẫn", "dọn", "sắp xếp", "đánh giá", "họp", "trình", "bàn giao", "nghiệm thu", "cài", "cài đặt", "kết nối", "phối hợp",
    "tham gia", "gửi", "lên kế hoạch", "lên lịch", "quay", "chụp", "thay", "thay mới", "thay thế", "trồng", "đăng ký", "công bố",
    "phát hành", "chốt", "tạo", "thuê", "bố trí", "thử nghiệm", "đưa vào", "đưa", "vận hành", "tái cấu trúc", "xuất bản", "giới thiệu",
    "hoạch định", "phân tích", "thu thập", "tổng hợp", "báo cáo", "kiểm định", "bảo trì", "bảo dưỡng", "sơn", "trang bị", "mời", "gặp",
    "thăm", "phỏng vấn",
    // English
    "launch", "relaunch", "discuss", "work on", "build", "rebuild", "finish", "complete", "write", "rewrite", "organise", "organize", "train", "set up",
    "research", "prepare", "install", "buy", "purchase", "fix", "repair", "renovate", "refurbish", "move", "update", "upgrade", "publish",
    "sign", "survey", "review", "audit", "implement", "develop", "design", "redesign", "open", "make", "run", "roll out", "introduce",
    "adopt", "digitise", "digitize", "integrate", "apply", "hire", "recruit", "print", "translate", "standardise", "standardize",
    "document", "clean", "clean up", "arrange", "assess", "hold", "deliver", "hand over", "configure", "connect", "coordinate", "attend",
    "send", "plan", "draft", "create", "define", "migrate", "ship", "release", "deploy", "refactor", "host", "start", "conduct",
    "carry out", "establish", "test", "pilot", "map", "collect", "gather", "produce", "record", "negotiate", "revise", "refresh",
    "replace", "formalise", "formalize", "onboard", "schedule", "set", "do", "put", "rewire", "paint", "plant", "film", "stage",
    "compile", "catalogue", "catalog", "label", "digitalise", "evaluate", "explore", "investigate", "agree", "finalise", "finalize",
    "automate", "modernise", "modernize", "restructure", "reorganise", "reorganize", "rename", "rebrand", "consolidate", "overhaul",
    "launching", "building", "implementing",
];

/// What is made with these is there to be used: how much it is used is a measure.
#[rustfmt::skip]
const TOOL_VERBS: &[&str] = &[
    "launch", "build", "implement", "develop", "roll out", "introduce", "install", "deploy", "create", "finish", "complete", "set up", "ra mắt", "triển khai", "xây dựng",
    "phát triển", "hoàn thành", "hoàn tất", "hoàn thiện", "cài đặt", "thiết lập", "lắp đặt",
];

/// Things that take place, at the front of a title.
#[rustfmt::skip]
const EVENTS: &[&str] = &[
    "hội nghị", "hội thảo", "lễ", "chiến dịch", "dự án", "chương trình", "kế hoạch", "buổi", "ngày hội", "sự kiện", "cuộc họp",
    "cuộc thi", "lớp", "khóa học", "khoá học", "launch of", "relaunch of", "rollout of", "roll-out of", "completion of",
    "implementation of", "introduction of", "development of", "creation of", "installation of", "migration to", "migration of",
    "opening of", "rewrite of", "redesign of", "workshop on", "training on", "training for", "campaign for", "việc",
];

/// What stands at the end of a title when a thing is finished.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "live", "launched", "relaunch", "rollout", "redesign", "migration", "rewrite", "overhaul", "approved", "published", "finished", "completed", "complete", "signed", "installed", "in place", "ready", "done",
    "rolled out", "set up", "delivered", "documented", "implemented", "deployed", "released", "built", "written", "opened",
    "up and running", "in use", "online", "hoàn thành", "hoàn tất", "xong", "được duyệt", "được phê duyệt", "được ban hành",
    "đi vào hoạt động", "đi vào sử dụng", "được ký", "ra mắt",
];

/// Words that name something measured, without a number beside them.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "tỷ suất", "tỉ suất", "số lượng", "số lần", "số khách", "số đơn", "số giờ", "số ngày",
    "doanh số", "doanh thu", "lợi nhuận", "chi phí", "giá vốn", "thời gian", "năng suất", "sản lượng", "hài lòng", "công nợ", "tốc độ",
    "lượt", "hao hụt", "vòng quay", "khiếu nại", "sai sót", "lỗi", "mức", "điểm trung bình", "điểm số", "đúng hẹn", "gấp đôi", "gấp ba",
    "một nửa", "mỗi tuần", "mỗi tháng", "mỗi ngày", "hằng tuần", "trung bình", "bình quân", "sai mỗi", "trên mỗi", "được đội chấm",
    "ít hơn", "nhiều hơn", "nhanh hơn", "dưới", "trên", "phần trăm", "rate", "share", "ratio", "percentage", "percent", "per cent",
    "score", "scores", "rating", "revenue", "sales", "turnover", "cost", "costs", "margin", "profit", "waste", "churn", "retention",
    "conversion", "satisfaction", "punctuality", "attendance", "occupancy", "yield", "uptime", "downtime", "backlog", "time", "times",
    "throughput", "productivity", "accuracy", "errors", "defects", "complaints", "returns", "refunds", "absences", "number", "average",
    "median", "halve", "double", "triple", "twice", "half", "per", "fewer", "less", "more", "faster", "within", "under", "below", "above",
    "hours", "minutes", "days", "visits", "downloads", "signups", "sign-ups", "footfall", "cited", "sold", "volume", "output", "every",
];

/// Numbers in words.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín",
    "mười", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ",
];

/// Before a number they make it a name: phase 2, quý 3, ISO 9001.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "phiên bản", "bản", "đời", "giai đoạn", "đợt", "quý", "tháng", "năm", "tuần", "ngày", "số", "khóa", "khoá", "lớp", "khu vực", "khu",
    "kỳ", "lần", "lần thứ", "thứ", "chương", "nhóm", "tầng", "phòng", "cơ sở", "xưởng", "kho", "tuyến", "chi nhánh", "quận", "mẫu",
    "loại", "cấp", "hạng", "top", "chuẩn", "kỷ niệm", "vòng", "bài", "ca", "version", "v", "phase", "stage", "wave", "step", "round",
    "part", "module", "chapter", "edition", "quarter", "q", "month", "year", "week", "day", "no", "no.", "number", "store", "branch",
    "line", "hall", "level", "tier", "room", "gate", "site", "area", "zone", "block", "building", "floor", "ward", "unit", "series",
    "iso", "tcvn", "haccp", "gmp", "en", "din", "release", "model", "type", "grade", "class", "district", "route", "platform", "plant",
    "depot",
];

fn names_a_measure(title: &str) -> bool {
    let lower = title.to_lowercase();
    let padded = format!(" {} ", lower.replace([',', ';', ':', '(', ')', '“', '”', '"'], " "));
    if MEASURES.iter().any(|words| padded.contains(&format!(" {words} "))) || lower.contains('%') {
        return true;
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    words.iter().enumerate().any(|(at, word)| counts(&words, at, word))
}

/// Whether a word of a title is a number that counts something.
fn counts(words: &[&str], at: usize, word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '₫'));
    let lower = bare.to_lowercase();
    if NUMBERS.contains(&lower.as_str()) {
        return at > 0;
    }
    if !bare.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '₫')) {
        return false;
    }
    let digits = bare.trim_start_matches(|c: char| !c.is_ascii_digit());
    let tail: String = digits.chars().skip_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    // 5S, 3D, 9001:2015 are names.
    if tail.starts_with(':') || tail.chars().next().is_some_and(char::is_uppercase) {
        return false;
    }
    if digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year)) {
        return false;
    }
    let Some(before) = at.checked_sub(1).and_then(|before| words.get(before)) else { return true };
    let two = at.checked_sub(2).and_then(|first| words.get(first)).map(|first| format!("{first} {before}").to_lowercase());
    let label = |text: &str| LABELS.contains(&text.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '(')));
    let named = at > 1 && before.starts_with(char::is_uppercase);
    !(label(&before.to_lowercase()) || two.is_some_and(|two| label(&two)) || named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doing_is_seen_by_its_words_and_a_measure_spares_it() {
        for (title, want) in [
            ("Hoàn thành phần mềm", Some(("Hoàn thành", "phần mềm"))),
            ("Launch the new site", Some(("Launch", "the new site"))),
            ("Triển khai ISO 9001", Some(("Triển khai", "ISO 9001"))),
            ("Xây dựng kế hoạch 2027", Some(("Xây dựng", "kế hoạch 2027"))),
            ("Launch Atlas 3", Some(("Launch", "Atlas 3"))),
            ("Customer portal live", Some(("live", ""))),
            ("Tăng doanh số 30%", None),
            ("Ra mắt 1 sản phẩm mới", None),
            ("Open 2 branches that break even", None),
            ("Net promoter score", None),
            ("Train punctuality on the harbour line", None),
            ("Giảm thời gian chờ", None),
        ] {
            let got = doing(title);
            let got = got.as_ref().map(|it| (it.words.as_str(), it.of.as_str()));
            assert_eq!(got, want, "{title}");
        }
    }
}
