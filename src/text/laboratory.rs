//! What is said of numbers in the laboratory.

use super::{
    Words,
    numbers::{exact, size},
};
use crate::rnn::{NoRatio, Place, Trace};

impl Words {
    /// The cosine of an angle, with the angle beside it in degrees.
    pub fn cosine(&self, cosine: f64) -> String {
        let degrees = cosine.clamp(-1.0, 1.0).acos().to_degrees();
        self.cosine_and_angle(&exact(cosine), &format!("{degrees:.1}"))
    }

    /// How many weights agree with their gradients, of how many checked, of all.
    pub fn lab_check_result(&self, agreeing: usize, done: usize, all: usize) -> String {
        if done < all { self.lab_checked(done, all) } else { self.lab_agreeing(agreeing, all) }
    }

    /// What copies of a weight are.
    pub fn untie_note(&self, place: Place, trace: &Trace) -> String {
        self.lab_untie_note(&place.parameter.symbol(), &self.place(place, trace))
    }

    /// How far a loss reaches back, of how many steps.
    pub fn lab_window(&self, window: usize, steps: usize) -> String {
        if window == steps {
            self.lab_window_all(steps)
        } else {
            self.lab_window_part(window, steps)
        }
    }

    /// In the place of a quotient that there is not.
    pub fn no_ratio(&self, reason: NoRatio) -> &'static str {
        match reason {
            NoRatio::BothZero => self.no_ratio_both_zero(),
            NoRatio::ByZero => self.no_ratio_by_zero(),
            NoRatio::Beyond => self.no_ratio_beyond(),
        }
    }

    /// The threshold of clipping, if there is one.
    pub fn lab_clip(&self, threshold: Option<f64>) -> String {
        match threshold {
            Some(threshold) => self.lab_clip_at(&size(threshold)),
            None => self.lab_clip_none().to_owned(),
        }
    }

    /// The norm of the gradient against the threshold.
    pub fn lab_norm_against(&self, norm: f64, threshold: Option<f64>) -> String {
        match threshold {
            _ if !norm.is_finite() => self.lab_norm_overflow().to_owned(),
            Some(_) if norm == 0.0 => self.lab_norm_zero().to_owned(),
            Some(threshold) if norm > threshold => {
                self.lab_norm_clipped(&size(norm), &size(threshold))
            }
            Some(_) => self.lab_norm_below(&size(norm)),
            None => self.lab_norm_only(&size(norm)),
        }
    }
}
