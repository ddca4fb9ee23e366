//! Korean.

use super::{
    ChainWords, Example, LabWords, LaneWords, LessonWords, ShareWords, TakeWords, Words,
    numbers::{self, exact, size},
};
use crate::{
    figure::{ChainLane, Lane},
    rnn::{
        Bug, Cause, ExperimentError, Link, NoRatio, Norm, Parameter, Place, Silence, Step, Task,
        TextError, Trace, ratio, tokens, weights,
    },
    session::{Moment, Playback, Quantity, Spot, View},
};
use ndarray::Array2;

/// The sentences in Korean.
pub const WORDS: Words = Words {
    language_name: "한국어",
    language: "언어",
    tagline: "순환 신경망을 타임 스텝마다 계산하고, 기울기가 거슬러 올라가는 모습을 봅니다.",
    first_text: "나는 그 영화가 정말 좋지 않았다",
    first_seed: 242,
    long_text: "그 영화는 처음에는 정말 좋았지만 뒤로 갈수록 지루해져서 끝내 조금도 좋지 않았다",
    letters_text: "도레미 도레미 도",
    dark_theme: "어두운 화면",
    light_theme: "밝은 화면",

    views: "보기",
    view: |view| match view {
        View::Score => "탐색",
        View::Lesson => "수업",
        View::Chain => "연쇄",
        View::Laboratory => "실험실",
    },
    chain: ChainWords {
        name: "야코비 행렬의 연쇄",
        lane: chain_lane,
        expansion: LaneWords {
            name: "항별 ∂L/∂W₁ₕ",
            note: "∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·J + …에 마지막 스텝의 오차를 곱합니다. 회색은 사라진 항입니다",
        },
        both: "전체 곱",
        by_weights: "W₁ₕ만",
        by_saturation: "포화",
        reason: chain_reason,
    },
    lab: LabWords {
        name: "실험실",
        tensor: "가중치",
        row: "행",
        column: "열",
        check: "기울기 확인",
        check_note: "가중치 하나를 양쪽으로 ε만큼 움직여 다시 계산합니다. 바깥 두 점 사이의 기울기가 \
                     역전파로 구한 접선과 같아야 합니다. ε이 크면 곡선이 휘어서, 아주 작으면 반올림 때문에 \
                     어긋납니다.",
        program: "프로그램",
        right_program: "이 페이지의 프로그램",
        broken: "오류:",
        bug: |bug| match bug {
            Bug::MissingTranspose => "W₁ₕ의 전치를 빠뜨림",
            Bug::MissingSlope => "1 − H²를 빠뜨림",
            Bug::NextErrorForgotten => "다음 스텝의 오차를 잊음",
            Bug::NoSumOverTime => "항을 더하지 않고 덮어씀",
            Bug::LastInput => "모든 항에 마지막 X를 씀",
        },
        curve: "이 가중치 둘레의 손실과 접선",
        relative_error: "상대 오차",
        check_all: "모든 가중치 확인",
        agreeing: |agreeing, done, all| {
            if done < all {
                format!("{all}개 중 {done}개 확인 …")
            } else {
                format!("{all}개 중 {agreeing}개가 일치합니다.")
            }
        },
        worst: "가장 어긋난 곳(역전파 / 측정):",
        untie: "스텝 풀어 놓기",
        untie_note: |place, trace| {
            format!(
                "모든 스텝이 같은 {}({})을(를) 씁니다. 스텝마다 복사본을 주고 하나를 움직여 보세요. 손실은 \
                 그 스텝의 항만큼 변합니다.",
                place.parameter.letter(),
                self::place(place, trace)
            )
        },
        copy_of_weight: "복사본",
        its_term: "∂L/∂복사본",
        sum_of_terms: "다시 묶으면: 합",
        loss_tied: "묶었을 때 손실",
        loss_untied: "풀었을 때 손실",
        loss_by_terms: "항으로 예측한 손실",
        tie: "다시 묶기",
        shorten: "자르기와 클리핑",
        shorten_note: "자르면 손실이 정한 스텝까지만 거슬러 갑니다. 가위표 한 항은 ∂L/∂W₁ₕ에서 빠집니다. \
                       클리핑은 긴 기울기를 방향은 그대로 두고 줄입니다.",
        window: |window, steps| {
            if window == steps {
                format!("손실이 {steps}스텝 모두 거슬러 갑니다")
            } else {
                format!("손실이 {steps}스텝 중 w = {window}스텝만 거슬러 갑니다")
            }
        },
        reach: "손실마다 각 스텝을 거쳐 더하는 크기",
        dropped: "빠진 항의 수",
        cosine: "전체 기울기와의 코사인",
        length_kept: "전체에 대한 길이의 비",
        clip: |threshold| match threshold {
            Some(threshold) => format!("클리핑 기준 c = {}", size(threshold)),
            None => "클리핑하지 않음".to_owned(),
        },
        norm: "기울기의 노름",
        norm_against: |norm, threshold| match threshold {
            _ if !norm.is_finite() => {
                "‖g‖이 나타낼 수 있는 가장 큰 수(약 1.8e308)를 넘었습니다(오버플로).".to_owned()
            }
            Some(_) if norm == 0.0 => "‖g‖ = 0, 줄일 것이 없습니다".to_owned(),
            Some(threshold) if norm > threshold => {
                format!("‖g‖ = {}, {}(으)로 줄입니다", size(norm), size(threshold))
            }
            Some(_) => format!("‖g‖ = {}, 기준보다 짧습니다", size(norm)),
            None => format!("‖g‖ = {}", size(norm)),
        },
        loss_now: "지금 손실",
        loss_predicted: "업데이트한 뒤 손실(기울기로 예측)",
        loss_with: "업데이트한 뒤 손실(설정대로)",
        loss_without: "전체 기울기로 업데이트한 뒤 손실",
        overflow: "– (나타낼 수 있는 가장 큰 수를 넘음)",
    },
    lesson: LessonWords {
        name: "수업",
        chapter: |number| format!("{number}장"),
        screen: |screen, of| format!("{of}쪽 중 {screen}쪽"),
        contents: "전체 차례",
        seen: |seen, of| match seen {
            0 => format!("{of}쪽"),
            _ => format!("{of}쪽 중 {seen}쪽 봄"),
        },
        forget: "학습 기록 지우기",
        forget_note: "본 쪽과 답은 이 기기에만 저장됩니다.",
        back: "이전",
        next: "다음",
        next_chapter: "다음 장",
        finished: "마지막 쪽입니다. 이제 ‘탐색’에서 원하는 글로 직접 해 보세요.",
        question: "예측해 보세요",
        larger_or_smaller: ["크다", "작다"],
        positive_or_negative: ["양수", "음수"],
        step: |step, token| format!("스텝 {step} ‘{token}’"),
        your_answer: "답",
        answer: "답하기",
        no_number: "수가 아닙니다. 0.5나 -1.2처럼 적어 주세요.",
        you_said: |answer| format!("고른 답: {answer}"),
        right: "맞았습니다.",
        wrong: "그렇지 않습니다.",
        off_by: |off| format!("충분히 가깝습니다. 차이는 {}입니다.", size(off)),
        again: "다시 답하기",
        task: "직접 해 보기",
        done: "해냈습니다.",
        reached: |reached| if reached { "이룸" } else { "아직" },
        hint: "도움말",
        show_one_way: "한 가지 방법 보기",
        changed: "지금 실험은 이 쪽에서 설명하는 실험과 다릅니다.",
        put_back: "되돌리기",
        answer_first: "먼저 답하면 다음으로 갑니다.",
        program: "프로그램의 기울기와 실제 기울기",
        program_norm: "프로그램의 길이",
        measured_norm: "실제 길이",
        difference: "차이",
        guessed: "고른 답이라면",
    },
    share: ShareWords {
        link: "지금 화면의 링크",
        embed: "다른 페이지에 넣기",
        embed_note: "보여 줄 것과 바꿀 수 있는 것을 고른 다음, 아래 코드를 페이지에 붙여 넣으세요.",
        way: "방식",
        only: "하나만 보이기",
        all: "전체 화면",
        hide: "숨기기",
        lock: "고정하기",
        part: |name| match name {
            "header" => "머리글",
            "setup" => "설정",
            "explanation" => "설명",
            "weights" => "가중치",
            "transport" => "재생 막대",
            "tables" => "표",
            "score" => "탐색 화면",
            "chain" => "연쇄",
            "laboratory" => "실험실",
            "hidden" => "은닉 상태",
            "output" => "출력",
            "error" => "오차",
            "heat-map" => "∂L/∂H 히트맵",
            "norm" => "‖∂L/∂H‖",
            "contribution" => "스텝별 항",
            "text" => "글",
            "task" => "질문과 타깃",
            "cells" => "셀 개수",
            "start" => "시드와 반지름",
            "learning" => "학습",
            "play" => "바로 재생",
            _ => "",
        },
        preview: "미리 보기",
    },
    take: TakeWords {
        button: "가져가기",
        close: "닫기",
        open: "파일에서 실험 열기(페이지에 끌어다 놓아도 됩니다)",
        download: "저장",
        programs: "이 계산을 프로그램으로",
        programs_note: "이 계산의 데이터가 들어 있으며, 화면의 모든 수를 계산합니다.",
        files: "파일",
        experiment: "실험(JSON)",
        trace: "모든 수(JSON)",
        figures: "표와 그림",
    },
    examples: "보기 실험",
    choose: "고르기 …",
    example: |example| match example {
        Example::First => "영화 감상평",
        Example::NextLetter => "다음 글자 예측",
        Example::SmallWeights => "기울기 소실: 작은 W₁ₕ",
        Example::Saturated => "기울기 소실: 포화된 tanh",
        Example::Exploding => "기울기 폭발",
    },

    experiment: "실험",
    sequence: "시퀀스",
    unit: "한 스텝의 단위",
    word: "단어",
    character: "글자",
    task: "질문",
    binary: "예/아니요",
    classes: "레이블 고르기",
    next_token: "다음 토큰",
    labels: "레이블(쉼표로 구분)",
    first_labels: ["부정", "중립", "긍정"],
    target: "타깃 y",
    cells: "셀 개수",
    fewer_cells: "셀 줄이기",
    more_cells: "셀 늘리기",
    spectral_radius: "W₁ₕ의 스펙트럼 반지름",
    seed: "가중치 시드",
    next_seed: "다음 시드",
    undo: "되돌리기",
    redo: "다시 하기",
    rewind: "처음 가중치로",
    problem,
    address_too_long: "주소가 너무 길어 읽지 못했습니다. 처음 화면을 보여 줍니다. 링크를 다시 받아 주세요.",
    address_value: |key, value| {
        format!(
            "주소의 {key}에 ‘{value}’을(를) 쓸 수 없어 뺐습니다. 고치거나 링크를 다시 받아 주세요."
        )
    },
    address_experiment: |key, problem| format!("링크의 ‘{key}’ 설정을 무시했습니다. {problem}"),
    last_run_stays: "아래에는 마지막으로 성공한 계산이 그대로 있습니다.",

    score: "전개도",
    time_step: "타임 스텝",
    output: "출력",
    loss: "손실",
    sum_of_steps: |first, last| {
        if first == last {
            format!("합: 스텝 {first}")
        } else {
            format!("합: 스텝 {first}–{last}")
        }
    },
    sum_not_begun: "합: 아직 없음",
    bag: "순서 없이",
    bag_note: "단어를 모두 더한 뒤 tanh를 한 번만 지나는 모델의 답입니다. 순서를 바꿔도 같습니다",
    weights: "가중치",
    weights_note: "가중치를 가리키면 값이 보이고, 누르면 값을 바꿀 수 있습니다.",
    weight: "가중치의 값",
    move_token: "끌거나 Alt와 화살표 키를 누르면 자리를 옮깁니다",
    fold: |folded| if folded { "이 줄 펼치기" } else { "이 줄 접기" },
    contributions_to: "더해지는 기울기",
    losses_together: "모든 스텝의 합",
    spot,
    place,
    lane,
    numbers_as_table: "표",
    cell: |number| format!("셀 {number}"),
    sum: "합",
    logarithmic: "로그 색상: 희미해진 값도 보입니다",
    scale: "색상 눈금",

    moment_title,
    moment_story,
    moment_of: |number, count| format!("{count}개 중 {number}번째"),
    rule: "공식",
    origin: "이 수는 어디에서 왔나요",
    this_number: "고른 수:",
    for_example: "예를 들어:",
    given: "계산한 값이 아니라 주어진 값:",
    products: "곱셈 하나하나까지",
    remark_title: "강의 노트에서는",
    remark: |quantity| match quantity {
        Quantity::PreActivation => Some(
            "노트에서는 이전 스텝의 은닉 상태를 Hₚ라고 쓰고 X·W₁ₓ + Hₚ·W₁ₕ + b₁로 적습니다. 같은 \
             식이며, 여기서는 글자마다 타임 스텝을 붙였습니다.",
        ),
        Quantity::Error => Some(
            "노트에서는 한 스텝 뒤로 가는 것을 W₁ₕ ⊙ (1 − H²)로 적습니다. 이때 “⊙”는 대각 행렬과의 \
             행렬 곱을 뜻합니다. W₁ₕ의 열마다 그 셀의 1 − H²를 곱합니다. 여기서는 오차가 이미 \
             W₁ₕᵀ를 지나왔으므로 ⊙는 셀끼리의 곱입니다.",
        ),
        Quantity::HiddenError => Some(
            "오차는 전치 행렬 W₁ₕᵀ를 거쳐 되돌아갑니다. 셀 i에서 셀 j로 간 것은 j에서 i로 돌아옵니다. \
             전치를 빠뜨린 프로그램도 실행은 되지만 답이 틀립니다.",
        ),
        Quantity::Term(Parameter::W1x) | Quantity::Gradient(Parameter::W1x) => Some(
            "인쇄된 노트에는 모든 항에 마지막 X를 되풀이해 적은 것이 있습니다. 실제로는 스텝마다 그 \
             스텝 자신의 X, 곧 그 토큰의 행이 들어갑니다.",
        ),
        Quantity::Term(Parameter::W1h) | Quantity::Gradient(Parameter::W1h) => Some(
            "노트에서는 ∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·W₁ₕ ⊙ (1 − Hₚ²) + …로 적습니다. 항 하나가 여기서는 스텝 \
             하나입니다. 이전 은닉 상태에 그 스텝까지 되돌아온 오차를 곱합니다.",
        ),
        Quantity::Jacobian | Quantity::Chain => {
            Some("노트의 W₁ₕ ⊙ (1 − H²)가 이 행렬입니다. W₁ₕ에 대각 행렬을 곱한 것입니다.")
        }
        _ => None,
    },
    in_numpy: "NumPy로 쓰면",
    copy: "복사",
    copied: "복사했습니다",
    present_moment: "지금 일어나는 일",

    transport: "재생",
    go_to_start: "처음으로",
    step_back: "한 단계 뒤로",
    play: |playback| match playback {
        Playback::Playing => "일시 정지",
        Playback::Paused | Playback::Stepping => "재생",
    },
    step_forward: "한 단계 앞으로",
    go_to_end: "끝으로",
    timeline: "타임라인",
    speed: "속도",
    update: "업데이트",
    update_note: "기울기를 따라 가중치를 한 번 업데이트하고 다음 계산을 시작합니다",
    updates: |count| format!("업데이트 {count}회"),
    forward: "정방향",
    backward: "역방향",

    said_locked: "이 페이지에서는 바꿀 수 없도록 고정되어 있습니다.",
    weights_dropped: "주어졌거나 훈련된 가중치가 새 초기 가중치로 바뀌었습니다. 실행 취소하면 돌아옵니다.",
    unreadable: "텍스트 파일로 읽을 수 없습니다. 실험 파일(JSON) 하나를 선택하거나 끌어다 놓으세요.",
    one_token: "토큰이 하나뿐입니다. 글자를 타임 스텝으로 쓸까요?",
    take_characters: "글자로 나누기",
    copy_refused: "복사 거부됨: Ctrl+C를 누르세요",
    address_twice: "링크의 ? 뒤와 # 뒤에 모두 설정이 있습니다. # 뒤의 설정만 사용했습니다.",
    link_long: "링크가 매우 깁니다. 일부 플랫폼에서는 링크가 2,000자쯤에서 잘립니다. 실험을 파일로 저장해 보내는 편이 안전합니다.",
    real_radius: |real, start| format!("{}(초기 {start:.2})", size(real)),
    address_unknown: |key, nearest| match nearest {
        Some(nearest) => {
            format!("링크에 없는 설정이 있어 무시했습니다: ‘{key}’. 혹시 ‘{nearest}’인가요?")
        }
        None => format!("링크에 없는 설정이 있어 무시했습니다: ‘{key}’."),
    },
    address_repeated: |key| {
        format!("링크에 같은 설정이 여러 번 있어 첫 번째만 사용했습니다: ‘{key}’.")
    },
    address_unused: |key, beside| {
        format!("‘{beside}’ 설정에서는 쓰이지 않아 무시했습니다: ‘{key}’.")
    },
    address_beyond: |key, value| {
        format!("이 시퀀스와 신경망에 없는 위치입니다: {key} = ‘{value}’.")
    },
    address_no_spaces: |sign| {
        format!(
            "링크의 텍스트가 ‘{sign}’ 기호로 이어진 한 단어입니다. 띄어쓰기라면 링크에서 단어 사이에 +를 쓰세요(%2B가 아님)."
        )
    },
    silence,
    no_ratio: |reason| match reason {
        NoRatio::BothZero => "– (둘 다 0)",
        NoRatio::ByZero => "– (하나가 0)",
        NoRatio::Beyond => "– (계산하기에 너무 크거나 작은 수)",
    },
};

fn spot(spot: Spot, trace: &Trace) -> String {
    let output = |output: usize| match trace.experiment.outputs().get(output) {
        Some(name) if !name.is_empty() => format!("(‘{name}’)"),
        _ => String::new(),
    };
    match spot {
        Spot::PreActivation { step, cell } => {
            format!("Z₁, 스텝 {}, 셀 {}", step.number(), cell + 1)
        }
        Spot::Logit { step, output: at } => format!("Z₂{}, 스텝 {}", output(at), step.number()),
        Spot::Loss { step } => format!("L, 스텝 {}", step.number()),
        Spot::Updated(at) => format!("새 {}, {}", at.parameter.letter(), place(at, trace)),
        Spot::Jacobian { step, row, column } => {
            format!("J, 스텝 {}, 셀 {} → 셀 {}", step.number(), row + 1, column + 1)
        }
        Spot::Chain { from, to, row, column } => format!(
            "∂H/∂H, 스텝 {} → 스텝 {}, 셀 {} → 셀 {}",
            from.number(),
            to.number(),
            row + 1,
            column + 1
        ),
        Spot::State { step, cell } => format!("H, 스텝 {}, 셀 {}", step.number(), cell + 1),
        Spot::Output { step, output: at } => format!("A₂{}, 스텝 {}", output(at), step.number()),
        Spot::OutputError { step, output: at } => {
            format!("∂L/∂Z₂{}, 스텝 {}", output(at), step.number())
        }
        Spot::Error { step, cell } => format!("∂L/∂Z₁, 스텝 {}, 셀 {}", step.number(), cell + 1),
        Spot::HiddenError { step, cell } => {
            format!("∂L/∂H, 스텝 {}, 셀 {}", step.number(), cell + 1)
        }
        Spot::Norm { step } => format!("‖∂L/∂H‖, 스텝 {}", step.number()),
        Spot::Term { step, place: at } => format!(
            "∂L/∂{}에서 스텝 {}의 항, {}",
            at.parameter.letter(),
            step.number(),
            place(at, trace)
        ),
        Spot::Gradient(at) => format!("∂L/∂{}, {}", at.parameter.letter(), place(at, trace)),
        Spot::Weight(at) => format!("{}, {}", at.parameter.letter(), place(at, trace)),
    }
}

fn place(place: Place, trace: &Trace) -> String {
    let Place { parameter, row, column } = place;
    let output = || match trace.experiment.outputs().get(column) {
        Some(name) if !name.is_empty() => format!("‘{name}’"),
        _ => "출력".to_owned(),
    };
    match parameter {
        Parameter::W1x => {
            let token = trace.experiment.sequence().names().get(row);
            format!("‘{}’ → 셀 {}", token.map_or("", String::as_str), column + 1)
        }
        Parameter::W1h => format!("셀 {} → 셀 {}", row + 1, column + 1),
        Parameter::B1 => format!("셀 {}", column + 1),
        Parameter::W2 => format!("셀 {} → {}", row + 1, output()),
        Parameter::B2 => output(),
    }
}

fn lane(lane: Lane, parameter: Parameter) -> LaneWords {
    let (name, note) = match lane {
        Lane::Output => ("출력 A₂", "softmax(H·W₂ + b₂), 스텝마다 손실이 있습니다"),
        Lane::Hidden => ("은닉 상태 H", "tanh(X·W₁ₓ + Hₚ·W₁ₕ + b₁)"),
        Lane::Error => ("오차 ∂L/∂Z₁", "∂L/∂H ⊙ (1 − H²)"),
        Lane::HiddenError => ("∂L/∂H", "히트맵: 시간 × 셀"),
        Lane::Norm => ("‖∂L/∂H‖", "각 스텝에 도달하는 오차의 크기"),
        Lane::Contribution => match parameter {
            Parameter::W1x => ("스텝별 ∂L/∂W₁ₓ", "스텝마다 Xᵀ · ∂L/∂Z₁, 그리고 그 합"),
            Parameter::B1 => ("스텝별 ∂L/∂b₁", "스텝마다 ∂L/∂Z₁, 그리고 그 합"),
            _ => ("스텝별 ∂L/∂W₁ₕ", "스텝마다 Hₚᵀ · ∂L/∂Z₁, 그리고 그 합"),
        },
    };
    LaneWords { name, note }
}

fn chain_lane(lane: ChainLane) -> LaneWords {
    let (name, note) = match lane {
        ChainLane::Jacobian => ("야코비 행렬 Jₜ", "∂H/∂Hₚ = W₁ₕ diag(1 − H²): 한 스텝의 행렬"),
        ChainLane::Product => {
            ("이후 모든 J의 곱", "이 상태가 마지막 상태를 움직이는 정도, 아래는 노름")
        }
        ChainLane::Norm => ("곱의 노름(10의 거듭제곱)", "W₁ₕ의 몫과 포화의 몫이 곱해집니다"),
        ChainLane::Triangle => {
            ("손실 스텝 × 셀 스텝", "손실마다 각 스텝을 거쳐 ∂L/∂W₁ₕ에 더하는 크기")
        }
    };
    LaneWords { name, note }
}

fn chain_reason(link: Option<&Link>, trace: &Trace) -> String {
    let Some(link) = link.filter(|_| trace.steps() > 1) else {
        return "스텝이 하나면 연쇄가 없습니다. 토큰을 하나 더 입력하세요.".to_owned();
    };
    let steps = trace.steps();
    let alone = numbers::norm(link.norm_of_weights);
    let weights_alone = match link.norm_of_weights {
        Norm::Log(_) => format!(" W₁ₕ만 있다면 노름은 {alone}입니다."),
        Norm::Zero(_) => String::new(),
    };
    let reason = match (link.norm, link.norm_of_weights, link.norm_of_saturation()) {
        (Norm::Zero(cause), ..) => format!(
            "스텝 {steps}에서 스텝 1까지 가면 오차는 전혀 남지 않습니다. 곱은 정확히 0입니다. \
             {}{weights_alone}",
            match cause {
                Cause::Weights { power } => {
                    format!("{} = 0이기 때문입니다.", power_of_weights(power))
                }
                Cause::Saturation { step } => format!(
                    "스텝 {}에서 오차가 지나갈 수 있는 셀이 모두 완전히 포화되었기 때문입니다. H = ±1이므로 \
                     1 − H² = 0입니다.",
                    step.number()
                ),
                Cause::Together { step } => format!(
                    "스텝 {}에서 W₁ₕ와 1 − H²이 함께 모든 경로를 막기 때문입니다.",
                    step.number()
                ),
            }
        ),
        (Norm::Log(both), Norm::Log(weights), Some(saturation)) => {
            let sizes = format!(
                "스텝 {steps}에서 스텝 1까지 가면 오차의 길이는 최대 {}배가 됩니다. W₁ₕ만 있다면 {alone}배이고, \
                 포화(1보다 작은 1 − H²) 때문에 다시 {}배가 됩니다.",
                numbers::norm(link.norm),
                numbers::norm(saturation)
            );
            let reason = if both > 0.7 {
                "그래서 거슬러 갈수록 커집니다. 포화가 줄이는 것보다 W₁ₕ가 더 늘립니다."
            } else if both > -0.7 {
                "그래서 사라지지도 폭발하지도 않습니다."
            } else if weights < both - weights {
                "그래서 사라집니다. 주로 W₁ₕ가 작기 때문입니다."
            } else {
                "그래서 사라집니다. 주로 tanh가 포화되었기 때문입니다."
            };
            format!("{sizes} {reason}")
        }
        (Norm::Log(_), ..) => {
            let power = match link.norm_of_weights {
                Norm::Zero(Cause::Weights { power }) => power,
                _ => steps - 1,
            };
            format!(
                "스텝 {steps}에서 스텝 1까지 가면 오차의 길이는 최대 {}배가 됩니다. W₁ₕ만 있다면 {} = 0이므로 \
                 아무것도 남지 않습니다. 그래도 남는 것은 1 − H²이 셀마다 다르기 때문입니다.",
                numbers::norm(link.norm),
                power_of_weights(power)
            )
        }
    };
    let last = Step::from_index(steps - 1);
    let silences = trace.silences(last);
    if silences.is_empty() {
        return reason;
    }
    format!(
        "{reason} 다만 이 실험에서는 처음부터 오차가 없습니다. 스텝 {steps}의 ∂L/∂H가 0입니다. {}",
        silence(&silences, last)
    )
}

fn power_of_weights(power: usize) -> String {
    if power == 1 {
        "W₁ₕ".to_owned()
    } else {
        format!("W₁ₕ{}", numbers::superscript(power))
    }
}

fn silence(silences: &[Silence], step: Step) -> String {
    let next = step.number() + 1;
    let reasons: Vec<String> = silences
        .iter()
        .map(|silence| match silence {
            Silence::NoOutputError => "예측이 타깃과 컴퓨터로는 구별할 수 없을 만큼 같아서 ∂L/∂Z₂가 \
                                       정확히 0입니다."
                .to_owned(),
            Silence::OutputWeights => {
                "∂L/∂Z₂를 전달할 수 있는 W₂의 가중치가 모두 0입니다.".to_owned()
            }
            Silence::NothingLater => format!("스텝 {next}의 ∂L/∂H가 이미 0입니다."),
            Silence::Saturation => format!(
                "스텝 {next}에서 그레이디언트가 도달하는 셀이 모두 완전히 포화되었습니다. H = ±1이므로 \
                 1 − H² = 0입니다."
            ),
            Silence::Truncation => {
                format!("자르기 때문에 손실이 스텝 {next}보다 더 거슬러 가지 않습니다.")
            }
            Silence::Weights => "오차를 전달할 수 있는 W₁ₕ의 가중치가 모두 0입니다.".to_owned(),
            Silence::Cancelled => "여러 경로로 온 값이 정확히 상쇄됩니다.".to_owned(),
            Silence::Underflow => {
                "값이 컴퓨터가 나타낼 수 있는 가장 작은 수(약 5e−324)보다 작습니다.".to_owned()
            }
        })
        .collect();
    reasons.join(" ")
}

fn token(trace: &Trace, step: Step) -> &str {
    trace.experiment.sequence().token_names().nth(step.index()).unwrap_or_default()
}

fn moment_title(moment: Moment, trace: &Trace) -> String {
    match moment {
        Moment::Forward(step) => {
            format!("정방향 · 스텝 {}, ‘{}’", step.number(), token(trace, step))
        }
        Moment::Output => "정방향 · 출력".to_owned(),
        Moment::Loss => "정방향 · 손실".to_owned(),
        Moment::BackwardOutput => "역방향 · 출력층".to_owned(),
        Moment::Backward(step) => {
            format!("역방향 · 스텝 {}, ‘{}’", step.number(), token(trace, step))
        }
        Moment::Update => "업데이트 · 기울기를 따라 한 걸음".to_owned(),
    }
}

fn moment_story(moment: Moment, trace: &Trace) -> String {
    let (forward, backward) = (&trace.forward, &trace.backward);
    let target = trace.experiment.target(Step::from_index(trace.steps() - 1));
    match moment {
        Moment::Forward(Step::FIRST) => {
            "첫 번째 토큰이 들어옵니다. 이전 상태가 없으므로 셀은 토큰만 봅니다.".to_owned()
        }
        Moment::Forward(step) => format!(
            "셀이 이번 토큰과 스텝 {}의 은닉 상태를 섞고, tanh 함수가 결과를 −1과 1 사이로 만듭니다. \
             모든 스텝이 같은 가중치를 사용합니다.",
            step.number() - 1
        ),
        Moment::Output => match trace.experiment.settings().task {
            Task::Binary { .. } => format!(
                "마지막 은닉 상태에는 시퀀스 전체의 기억이 담겨 있습니다. 가중치를 곱해 더하고 \
                 시그모이드 함수를 통과시키면 {}이라는 답이 나옵니다.",
                size(forward.probabilities[[0, 0]])
            ),
            Task::Classes { .. } => format!(
                "마지막 은닉 상태에는 시퀀스 전체의 기억이 담겨 있습니다. 레이블마다 가중치를 곱해 \
                 더하고 소프트맥스 함수를 통과시키면 확률이 됩니다. 정답 레이블의 확률은 {}입니다.",
                size(forward.probabilities[[0, target]])
            ),
            Task::NextToken => "스텝마다 소프트맥스 함수가 다음에 올 토큰의 확률을 계산합니다. 진한 \
                                막대가 실제로 오는 토큰입니다."
                .to_owned(),
        },
        Moment::Loss => match trace.experiment.settings().task {
            Task::Binary { .. } => format!(
                "답을 타깃 {target}과 비교합니다. 답이 타깃에서 멀수록 손실이 커집니다. 지금 손실은 \
                 {}입니다.",
                size(forward.loss())
            ),
            Task::Classes { .. } => format!(
                "정답 레이블의 확률만 봅니다. 그 확률이 작을수록 손실이 커집니다. 지금 손실은 \
                 {}입니다.",
                size(forward.loss())
            ),
            Task::NextToken => format!(
                "스텝마다 손실이 있습니다. 실제로 오는 토큰을 덜 예상했을수록 손실이 큽니다. 모두 \
                 더하면 {}입니다.",
                size(forward.loss())
            ),
        },
        Moment::BackwardOutput => match trace.experiment.settings().task {
            Task::Binary { .. } => format!(
                "이제 거꾸로 갑니다. 출력의 오차는 답에서 타깃을 뺀 값인 {}입니다. 여기서 W₂와 b₂의 \
                 기울기가 바로 나옵니다.",
                exact(backward.d_logits[[0, 0]])
            ),
            Task::Classes { .. } => "이제 거꾸로 갑니다. 출력마다 오차는 확률에서 정답이면 1을, \
                                     아니면 0을 뺀 값입니다. 여기서 W₂와 b₂의 기울기가 바로 나옵니다."
                .to_owned(),
            Task::NextToken => "이제 모든 스텝에서 한꺼번에 거꾸로 갑니다. 출력의 오차는 확률에서, \
                                실제로 오는 토큰이면 1을 뺀 값입니다. 스텝마다 더하면 W₂와 b₂의 \
                                기울기가 됩니다."
                .to_owned(),
        },
        Moment::Backward(step) => story_of_error(step, trace),
        Moment::Update => story_of_update(trace),
    }
}

fn story_of_error(step: Step, trace: &Trace) -> String {
    let backward = &trace.backward;
    let norm_of = |step: Step| weights::norm(backward.d_hidden.row(step.index()).iter().copied());
    let norm = norm_of(step);
    let arrives = if norm == 0.0 {
        return format!(
            "이 스텝에는 오차가 도착하지 않고, ∂L/∂W₁ₕ에 더하는 것도 없습니다. ‖∂L/∂H‖ = 0입니다. {}",
            silence(&trace.silences(step), step)
        );
    } else if !norm.is_finite() {
        "도착하는 값이 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 커서 ‖∂L/∂H‖을 나타낼 수 \
         없습니다(오버플로)."
            .to_owned()
    } else if step.number() == trace.steps() {
        format!("출력에서 W₂ᵀ를 거쳐 오차가 도착합니다. ‖∂L/∂H‖ = {}입니다.", size(norm))
    } else {
        let flows = |summand: &Array2<f64>| summand.row(step.index()).iter().any(|&x| x != 0.0);
        let own = if flows(&backward.d_hidden_from_output) {
            ", 그리고 이 스텝의 출력에서"
        } else {
            ""
        };
        let next = step.number() + 1;
        let size_of = size(norm);
        match ratio(norm, norm_of(step.next())) {
            _ if !flows(&backward.d_hidden_from_next) => format!(
                "이 스텝의 출력에서만 오차가 도착합니다. ‖∂L/∂H‖ = {size_of}입니다. 스텝 {next}에서는 \
                 아무것도 오지 않습니다."
            ),
            Ok(times) => format!(
                "스텝 {next}에서 W₁ₕᵀ를 거쳐{own} 오차가 도착합니다. ‖∂L/∂H‖ = {size_of}로, 스텝 \
                 {next}의 {}배입니다.",
                size(times)
            ),
            Err(_) => format!(
                "스텝 {next}에서 W₁ₕᵀ를 거쳐{own} 오차가 도착합니다. ‖∂L/∂H‖ = {size_of}입니다."
            ),
        }
    };
    let adds = if step == Step::FIRST {
        "이전 상태가 없으므로 ∂L/∂W₁ₕ에는 더하는 것이 없습니다."
    } else {
        "여기에 이전 은닉 상태를 곱하면 이 스텝이 ∂L/∂W₁ₕ에 더하는 항이 됩니다."
    };
    format!("{arrives} {adds}")
}

fn story_of_update(trace: &Trace) -> String {
    let norm = trace.backward.gradient.norm();
    if norm == 0.0 {
        "다섯 텐서의 기울기가 모두 0이므로 가중치는 움직이지 않습니다.".to_owned()
    } else if norm.is_finite() {
        format!(
            "모든 가중치가 기울기의 반대 방향으로 기울기의 {}배만큼 움직입니다. 다섯 텐서를 합친 \
             기울기의 크기는 {}입니다.",
            size(trace.experiment.learning_rate()),
            size(norm)
        )
    } else {
        "기울기가 컴퓨터가 나타낼 수 있는 가장 큰 수(약 1.8e308)보다 큽니다(오버플로). 그래서 \
         가중치를 업데이트할 수 없습니다."
            .to_owned()
    }
}

fn problem(problem: &ExperimentError) -> String {
    match problem {
        ExperimentError::Text(text) => match text {
            TextError::Empty => "토큰을 하나 이상 입력하세요.".to_owned(),
            TextError::NothingToPredict => {
                "토큰이 하나뿐이면 예측할 다음 토큰이 없습니다. 두 개 이상 입력하세요.".to_owned()
            }
            TextError::TooLong => {
                "글이 너무 길어 읽을 수 없습니다. 몇 문장으로 줄이세요.".to_owned()
            }
            TextError::TooManyTokens => format!(
                "화면에는 최대 {}스텝까지 놓을 수 있습니다. 글을 줄이거나 단위를 단어로 바꾸세요.",
                tokens::MOST_TOKENS
            ),
            TextError::ControlCharacter { code, position } => {
                format!("{position}번째 문자가 제어 문자(U+{code:04X})입니다. 지우세요.")
            }
            TextError::LoneModifier { code, position } => format!(
                "{position}번째 문자(U+{code:04X})는 앞 문자를 꾸미는데 앞에 문자가 없습니다. 앞 문자를 \
                 먼저 입력하거나 이 문자를 지우세요."
            ),
            TextError::UnknownToken { token } => {
                format!("‘{token}’은(는) 주어진 어휘에 없습니다. 다른 토큰을 쓰세요.")
            }
        },
        ExperimentError::ListLength { least, most, .. } => {
            format!("레이블을 쉼표로 구분해 {least}개에서 {most}개까지 입력하세요.")
        }
        ExperimentError::RepeatedEntry { entry, .. } => {
            format!("‘{entry}’이(가) 두 번 있습니다. 서로 다르게 입력하세요.")
        }
        ExperimentError::EmptyEntry { number, .. } => {
            format!("{number}번째 항목이 비어 있습니다. 내용을 입력하거나 쉼표를 지우세요.")
        }
        ExperimentError::OutOfRange { field, least, most, .. } => format!(
            "수가 너무 크거나 작습니다({field}). {}에서 {} 사이여야 합니다.",
            size(*least),
            size(*most)
        ),
        ExperimentError::Overflow => {
            "계산한 수가 컴퓨터가 나타낼 수 있는 범위를 넘습니다. 더 작은 가중치를 고르세요."
                .to_owned()
        }
        ExperimentError::NotWhole { most, .. } => {
            format!("시드는 0부터 {most}까지의 정수여야 합니다.")
        }
        ExperimentError::Malformed { .. } | ExperimentError::Shape { .. } => {
            format!("실험으로 읽을 수 없습니다: {problem}.")
        }
    }
}
