//! From a number to a colour: a diverging scale with zero in the middle, safe for the common
//! colour-vision deficiencies. Blue is positive, orange is negative.

use crate::session::Scale;
use plotters::style::RGBColor;

/// Light or dark surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark ink on a light page.
    #[default]
    Light,
    /// Light ink on a dark page.
    Dark,
}

impl Theme {
    /// Its name in an address, in the page's styles, and on the device.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name)
    }
}

/// How many shades there are on either side of zero.
const SHADES: usize = 128;

/// The colours of the pictures in one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    positive: Vec<RGBColor>,
    negative: Vec<RGBColor>,
    gate: Vec<RGBColor>,
    /// Arrows forward, and marks that carry no number.
    pub ink: RGBColor,
    /// Bars that are not the one asked for.
    pub weak: RGBColor,
    /// Everything that goes back: the error and its arrows.
    pub error: RGBColor,
    /// The outline of what is not computed yet.
    pub outline: RGBColor,
    /// A number that is infinite or undefined.
    pub undefined: RGBColor,
}

impl Palette {
    /// The palette of `theme`.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self {
                positive: shades(&[0xFF_FFFF, 0x8D_C1E4, 0x0A_67A3]),
                negative: shades(&[0xFF_FFFF, 0xF9_BC8B, 0xD6_5A0A]),
                gate: shades(&[0xFF_FFFF, 0xB9_A8D8, 0x59_3A94]),
                ink: rgb(0x1B_2733),
                weak: rgb(0xB4_C0CB),
                error: rgb(0xC2_410C),
                outline: rgb(0xDC_E2E8),
                undefined: rgb(0xA2_1CAF),
            },
            Theme::Dark => Self {
                positive: shades(&[0x1C_2530, 0x24_6A9B, 0x74_C6FF]),
                negative: shades(&[0x1C_2530, 0x9A_5320, 0xFF_A45C]),
                gate: shades(&[0x1C_2530, 0x5F_4A94, 0xC4_AEFF]),
                ink: rgb(0xDC_E6EF),
                weak: rgb(0x4C_5C6C),
                error: rgb(0xFF_9451),
                outline: rgb(0x33_4252),
                undefined: rgb(0xE8_79F9),
            },
        }
    }

    /// The colour of `value` on the scale from −`range` to `range`.
    ///
    /// Values past the ends have the colour of the end. Where every value is zero the range is
    /// empty, and the colour that of zero.
    pub fn colour(&self, value: f64, range: f64) -> RGBColor {
        self.scaled(value, range, Scale::Linear)
    }

    /// The colour of a gate, which lies between 0 and 1.
    pub fn gate(&self, value: f64) -> RGBColor {
        let shade = (value.clamp(0.0, 1.0) * (SHADES - 1) as f64).round() as usize;
        let shade = if value.is_nan() { None } else { self.gate.get(shade) };
        shade.copied().unwrap_or(self.undefined)
    }

    /// The colour of `value` where sizes up to `range` become colours by `scale`.
    pub fn scaled(&self, value: f64, range: f64, scale: Scale) -> RGBColor {
        if !value.is_finite() {
            return self.undefined;
        }
        let side = if value < 0.0 { &self.negative } else { &self.positive };
        let shade = (scale.share(value, range) * (SHADES - 1) as f64).round() as usize;
        side.get(shade).copied().unwrap_or(self.undefined)
    }
}

/// Whether text on `colour` is best white: the choice of black or white with more contrast, which
/// is at least 4.58 : 1 on any colour (WCAG 2.2, relative luminance).
pub fn wants_light_ink(colour: RGBColor) -> bool {
    let luminance = luminance(colour);
    1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05
}

/// Relative luminance, from 0 (black) to 1 (white), as WCAG 2.2 defines it.
fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let [red, green, blue] = [red, green, blue].map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn rgb(code: u32) -> RGBColor {
    let [_, red, green, blue] = code.to_be_bytes();
    RGBColor(red, green, blue)
}

/// The light of an sRGB channel, from 0 to 1.
fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

/// The sRGB channel of an amount of light.
fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let share =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (share * 255.0).round() as u8
}

/// Shades from the first to the last of `stops`, evenly spaced to the eye (in Oklab).
fn shades(stops: &[u32]) -> Vec<RGBColor> {
    let stops: Vec<[f64; 3]> = stops.iter().map(|&code| to_oklab(rgb(code))).collect();
    let last = (stops.len() - 1) as f64;
    (0..SHADES)
        .map(|shade| {
            let place = shade as f64 / (SHADES - 1) as f64 * last;
            let start = (place.floor() as usize).min(stops.len() - 2);
            let share = place - start as f64;
            let mix =
                |axis: usize| stops[start][axis] * (1.0 - share) + stops[start + 1][axis] * share;
            from_oklab([mix(0), mix(1), mix(2)])
        })
        .collect()
}

/// sRGB to Oklab, with the matrices that its author gives (Ottosson 2020).
fn to_oklab(RGBColor(red, green, blue): RGBColor) -> [f64; 3] {
    let [r, g, b] = [red, green, blue].map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// Oklab to sRGB.
fn from_oklab([lightness, a, b]: [f64; 3]) -> RGBColor {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    RGBColor(
        encoded(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        encoded(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        encoded(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_symmetric_and_ends_where_the_range_does() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            assert_eq!(palette.colour(0.0, 2.0), palette.colour(-0.0, 2.0));
            assert_eq!(palette.colour(2.0, 2.0), palette.colour(1e300, 2.0));
            assert_ne!(palette.colour(2.0, 2.0), palette.colour(-2.0, 2.0));
            assert_eq!(palette.colour(0.0, 0.0), palette.colour(0.0, 1.0));
            assert_eq!(palette.colour(f64::NAN, 1.0), palette.undefined);
            assert_eq!(palette.colour(f64::INFINITY, 1.0), palette.undefined);
        }
    }

    #[test]
    fn every_shade_is_further_from_zero_than_the_one_before() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            for side in [&palette.positive, &palette.negative] {
                let luminances: Vec<f64> = side.iter().map(|&shade| luminance(shade)).collect();
                let falling = theme == Theme::Light;
                assert!(
                    luminances
                        .windows(2)
                        .all(|pair| (pair[1] <= pair[0]) == falling || pair[0] == pair[1])
                );
            }
        }
    }

    #[test]
    fn the_logarithmic_scale_shows_what_the_linear_one_hides() {
        let palette = Palette::of(Theme::Light);
        let zero = palette.colour(0.0, 1.0);
        assert_eq!(palette.colour(1e-5, 1.0), zero);
        assert_ne!(palette.scaled(1e-5, 1.0, Scale::Logarithmic), zero);
        assert_eq!(palette.scaled(0.0, 1.0, Scale::Logarithmic), zero);
        assert_eq!(palette.scaled(1e-9, 1.0, Scale::Logarithmic), zero);
        for value in [1.0, -1.0] {
            let end = palette.scaled(value, 1.0, Scale::Logarithmic);
            assert_eq!(end, palette.colour(value, 1.0));
        }
    }

    #[test]
    fn text_on_any_shade_has_contrast() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            for &shade in palette.positive.iter().chain(&palette.negative) {
                let ground = luminance(shade);
                let ink = if wants_light_ink(shade) { 1.0 } else { 0.0 };
                let (bright, dim) = (ground.max(ink), ground.min(ink));
                assert!((bright + 0.05) / (dim + 0.05) >= 4.5);
            }
        }
    }
}
