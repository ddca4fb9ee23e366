//! Korean particles (조사, *josa*): many have two forms, and the last sound before them chooses.

use std::borrow::Cow;

/// How what stands before a particle ends when it is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// ㄹ, after which 으로 is 로 as it is after a vowel.
    Rieul,
    Consonant,
}

/// The form of a particle after `before`: `with` after a consonant, `without` after a vowel.
///
/// Where nobody knows how `before` is read, as with a picture, it is both: `은(는)`.
pub fn particle<'a>(before: &str, with: &'a str, without: &'a str) -> Cow<'a, str> {
    match ending(before) {
        None => format!("{with}({without})").into(),
        Some(Ending::Vowel) => without.into(),
        Some(Ending::Rieul) if with.starts_with("으로") => without.into(),
        Some(_) => with.into(),
    }
}

/// The ending of the last character that is read; quotes, brackets and the like are not.
fn ending(text: &str) -> Option<Ending> {
    let is_read = |c: char| c.is_alphanumeric() || SYMBOLS.contains(&c);
    let (place, last) = text.char_indices().rev().find(|&(_, c)| is_read(c))?;
    let (before, rest) = text.split_at(place);
    let is_time = rest.chars().nth(1) == Some('⁾');
    Some(match last {
        '가'..='힣' => match (last as u32 - '가' as u32) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        '0'..='9' => digit(last as u32 - '0' as u32),
        '₀'..='₉' => digit(last as u32 - '₀' as u32),
        // A time step, as in H⁽²⁾, is read as a number; a power, as in H², as 제곱.
        '¹' if is_time => digit(1),
        '²' if is_time => digit(2),
        '³' if is_time => digit(3),
        '⁰' | '⁴'..='⁹' if is_time => digit(last as u32 - '⁰' as u32),
        'ㄹ' | 'ₗ' | 'ˡ' | 'ᵣ' | 'ʳ' => Ending::Rieul,
        'ㄱ'..='ㅎ'
        | '⁰'
        | '¹'
        | '²'
        | '³'
        | '⁴'..='⁹'
        | 'ₘ'
        | 'ₙ'
        | 'ᵐ'
        | 'ⁿ'
        | 'ε'
        | 'υ'
        | 'ŷ'
        | 'ο'
        | '‖'
        | '|' => Ending::Consonant,
        'ㅏ'..='ㅣ'
        | 'Α'..='Ω'
        | 'α'..='ω'
        | '∞'
        | '%'
        | 'ₐ'..='ₜ'
        | 'ᴬ'..='ᵪ'
        | 'ʰ'..='ˣ'
        | 'ⁱ' => Ending::Vowel,
        'a'..='z' | 'A'..='Z' => latin(before, last),
        _ => return None,
    })
}

/// What is read though it is no letter: 노름, 절댓값, 무한대, 퍼센트.
const SYMBOLS: [char; 4] = ['‖', '|', '∞', '%'];

/// 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구; tens, hundreds and so on end in consonants, as 0 does.
fn digit(digit: u32) -> Ending {
    match digit {
        1 | 7 | 8 => Ending::Rieul,
        0 | 3 | 6 => Ending::Consonant,
        _ => Ending::Vowel,
    }
}

/// A letter by itself, or the last of capitals, has its name: 엘, 엠, 엔, 알. A word ends in the
/// sound of its last letter, as far as its spelling tells.
fn latin(before: &str, last: char) -> Ending {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let is_word = last.is_ascii_lowercase() && before.ends_with(is_letter);
    match last.to_ascii_lowercase() {
        'l' => Ending::Rieul,
        'r' if !is_word => Ending::Rieul,
        'm' | 'n' => Ending::Consonant,
        'g' if is_word && before.ends_with('n') => Ending::Consonant,
        // 컵, 낫, 북, 매직: these close a syllable after a short vowel, which is one letter.
        'p' | 't' | 'k' | 'c' if is_word => {
            let vowels = before.chars().rev().take_while(|c| "aeiou".contains(*c)).count();
            if vowels == 1 { Ending::Consonant } else { Ending::Vowel }
        }
        _ => Ending::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::particle;

    fn all(before: &str) -> String {
        [("을", "를"), ("이", "가"), ("은", "는"), ("으로", "로"), ("이라는", "라는")]
            .map(|(with, without)| particle(before, with, without))
            .join(" ")
    }

    const CONSONANT: &str = "을 이 은 으로 이라는";
    const RIEUL: &str = "을 이 은 로 이라는";
    const VOWEL: &str = "를 가 는 로 라는";

    #[test]
    fn hangul_goes_by_its_final_consonant() {
        assert_eq!(all("영화"), VOWEL);
        assert_eq!(all("필름"), CONSONANT);
        assert_eq!(all("스펙트럼 반지름"), CONSONANT);
        assert_eq!(all("말"), RIEUL);
        assert_eq!(all("ㅋ"), CONSONANT);
        assert_eq!(all("ㄹ"), RIEUL);
        assert_eq!(all("ㅏ"), VOWEL);
    }

    #[test]
    fn numbers_are_read_by_their_last_digit() {
        for (digit, expected) in [
            ('0', CONSONANT),
            ('1', RIEUL),
            ('2', VOWEL),
            ('3', CONSONANT),
            ('4', VOWEL),
            ('5', VOWEL),
            ('6', CONSONANT),
            ('7', RIEUL),
            ('8', RIEUL),
            ('9', VOWEL),
        ] {
            assert_eq!(all(&format!("0.12{digit}")), expected, "{digit}");
            assert_eq!(all(&format!("1.234e−{digit}")), expected, "{digit}");
        }
        assert_eq!(all("10"), CONSONANT);
        assert_eq!(all("∞"), VOWEL);
        assert_eq!(all("50 %"), VOWEL);
    }

    #[test]
    fn symbols_are_read_as_in_a_lecture() {
        for symbol in ["W₁ₕ", "W₁ₓ", "X", "H", "η", "λ", "W₂ᵀ", "A⁽ᵗ⁾", "Hₚ", "J⁽²⁾", "α"]
        {
            assert_eq!(all(symbol), VOWEL, "{symbol}");
        }
        for symbol in ["1 − H²", "1 − (H⁽ᵗ⁾)²", "‖∂L/∂H‖", "|x|", "xₙ", "ε", "N", "M", "H⁽³⁾"]
        {
            assert_eq!(all(symbol), CONSONANT, "{symbol}");
        }
        for symbol in ["b₁", "H⁽¹⁾", "Z₁", "L", "R"] {
            assert_eq!(all(symbol), RIEUL, "{symbol}");
        }
    }

    #[test]
    fn latin_words_go_by_their_spelling() {
        for word in ["the", "was", "softmax", "tanh", "error", "text", "great", "NumPy", "GRU"] {
            assert_eq!(all(word), VOWEL, "{word}");
        }
        for word in ["film", "learn", "thing", "not", "cup", "magic", "RNN", "LSTM"] {
            assert_eq!(all(word), CONSONANT, "{word}");
        }
        for word in ["all", "XML", "hell"] {
            assert_eq!(all(word), RIEUL, "{word}");
        }
    }

    #[test]
    fn quotes_and_brackets_are_not_read() {
        assert_eq!(all("‘영화’"), VOWEL);
        assert_eq!(all("“필름”)"), CONSONANT);
        assert_eq!(all("좋지 않았다!"), VOWEL);
        assert_eq!(all("cafe\u{301}"), VOWEL);
    }

    #[test]
    fn what_nobody_can_read_has_both_forms() {
        for text in ["", "👍", "日", "…"] {
            assert_eq!(all(text), "을(를) 이(가) 은(는) 으로(로) 이라는(라는)", "{text}");
        }
    }
}
