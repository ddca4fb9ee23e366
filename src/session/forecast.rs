//! What an update is predicted to do to the loss, and what it does.

use super::{Derived, Run, Session};
use crate::rnn::Trace;

/// The loss of a run, and what an update makes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// L.
    pub before: f64,
    /// L after an update, to first order; none where it is past the largest number there is.
    pub predicted: Option<f64>,
    /// L after an update, computed again; none where no update is possible.
    pub after: Option<f64>,
    /// Whether the prediction is L − η‖g‖²: nothing is clipped or truncated.
    pub plain: bool,
}

/// How the predicted change of the loss compares with the actual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing changes.
    Nothing,
    /// They are nearly the same.
    Agrees,
    /// The loss falls by less.
    Less,
    /// The loss falls by more.
    More,
    /// The predicted fall is larger than the loss.
    Beyond,
    /// The loss rises and should have fallen.
    Rises,
    /// What truncation leaves of the gradient was predicted to raise the loss.
    Uphill,
}

impl Derived for Forecast {
    fn of(trace: &Trace) -> Self {
        let experiment = trace.experiment();
        let finite = |loss: &f64| loss.is_finite();
        let clips = experiment
            .settings()
            .clip_norm
            .is_some_and(|threshold| trace.gradient().clipping(threshold) < 1.0);
        Self {
            before: trace.loss(),
            predicted: Some(trace.predicted_loss()).filter(finite),
            after: loss_after_update(trace).filter(finite),
            plain: !clips && experiment.window() == trace.steps(),
        }
    }
}

/// The loss after an update; none where a weight would grow past what is possible.
pub fn loss_after_update(trace: &Trace) -> Option<f64> {
    Some(Trace::of(trace.updated().ok()?).loss())
}

impl Forecast {
    /// The change of the loss to first order.
    pub fn predicted_change(&self) -> Option<f64> {
        self.predicted.map(|loss| loss - self.before)
    }

    /// The change of the loss.
    pub fn change(&self) -> Option<f64> {
        self.after.map(|loss| loss - self.before)
    }

    /// How the two compare, where there are both.
    pub fn verdict(&self) -> Option<Verdict> {
        /// By what share of the predicted change the actual one may differ from it.
        const NEAR: f64 = 0.1;
        let (predicted, change) = (self.predicted_change()?, self.change()?);
        let rounding = 1e-12 * self.before.abs();
        Some(if predicted == 0.0 && change == 0.0 {
            Verdict::Nothing
        } else if (change - predicted).abs() <= NEAR * predicted.abs() + rounding {
            Verdict::Agrees
        } else if predicted > 0.0 {
            Verdict::Uphill
        } else if change > 0.0 {
            Verdict::Rises
        } else if -predicted > self.before {
            Verdict::Beyond
        } else if change > predicted {
            Verdict::Less
        } else {
            Verdict::More
        })
    }
}

impl Session {
    /// The run before the update that made the present one, if that was the last change.
    pub fn before_update(&self) -> Option<&Run> {
        let past = self.done.last()?;
        (past.updates + 1 == self.updates).then_some(&past.run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rnn::{Experiment, Settings},
        session::{Action, Edit},
        text::Language,
    };

    fn forecast(change: impl FnOnce(&mut Settings)) -> Forecast {
        let mut settings = Language::default().first_experiment().unwrap().settings().clone();
        change(&mut settings);
        Forecast::clone(&Run::of(Experiment::new(settings).unwrap()).derived())
    }

    #[test]
    fn a_short_step_does_what_the_gradient_predicts_and_a_long_one_does_not() {
        let short = forecast(|settings| settings.learning_rate = Some(1e-4));
        assert_eq!(short.verdict(), Some(Verdict::Agrees));
        let run = Run::of(Language::default().first_experiment().unwrap());
        let expected = -1e-4 * run.gradient().norm().powi(2);
        assert!((short.predicted_change().unwrap() - expected).abs() < 1e-12);
        assert!(short.plain);
        let long = forecast(|settings| settings.learning_rate = Some(1.0));
        assert_ne!(long.verdict(), Some(Verdict::Agrees));
        let clipped = forecast(|settings| settings.clip_norm = Some(0.5));
        assert!(!clipped.plain);
        let expected = -0.1 * 0.5 * run.gradient().norm();
        assert!((clipped.predicted_change().unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn what_was_forecast_is_what_the_update_makes() {
        let session = Session::new(Language::default().first_experiment().unwrap());
        assert!(session.before_update().is_none());
        let forecast = session.run().derived::<Forecast>();
        let updated = session.after(Action::Update);
        assert_eq!(updated.before_update(), Some(session.run()));
        assert_eq!(forecast.after, Some(updated.run().loss()));
        assert!(updated.after(Action::Edit(Edit::Units(3))).before_update().is_none());
        let twice = updated.after(Action::Update);
        assert_eq!(twice.before_update(), Some(updated.run()));
        assert_eq!(twice.after(Action::Undo).before_update(), Some(session.run()));
    }

    #[test]
    fn a_verdict_is_about_the_two_changes() {
        let of = |predicted, after| {
            let before = 1.0;
            let (predicted, after) = (Some(predicted), Some(after));
            Forecast { before, predicted, after, plain: true }.verdict().unwrap()
        };
        assert_eq!(of(1.0, 1.0), Verdict::Nothing);
        assert_eq!(of(0.5, 0.51), Verdict::Agrees);
        assert_eq!(of(0.5, 0.7), Verdict::Less);
        assert_eq!(of(0.5, 0.3), Verdict::More);
        assert_eq!(of(0.5, 1.2), Verdict::Rises);
        assert_eq!(of(1.1, 0.7), Verdict::Uphill);
        let overflow = Forecast { before: 1.0, predicted: None, after: None, plain: true };
        assert_eq!(overflow.verdict(), None);
    }
}
