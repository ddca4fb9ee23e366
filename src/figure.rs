//! The pictures: functions of a trace and a cursor, generic over plotters' `DrawingBackend`.
//!
//! A picture knows no canvas and no page. [`layout`] says where everything stands, for drawing and
//! for pointing alike; [`grid`] which number that is; [`ranges`] says what colour a number has, out of
//! a [`palette`]; [`lane`] draws the lanes of the score,
//! [`updates`] those of a training. Lengths are in CSS pixels until the stage a shape is drawn.

pub mod brush;
pub mod chain;
pub mod curve;
pub mod grid;
pub mod inscription;
mod label;
pub mod lane;
pub mod layout;
pub mod numbers;
pub mod palette;
pub mod race;
pub mod ranges;
mod sums;
pub mod updates;
pub mod way;

pub use chain::{Chain, ChainLane, ChainScene, Curve};
pub use curve::LossCurve;
pub use grid::Direction;
pub use inscription::Inscription;
pub use label::place_label;
pub use lane::{Columns, Scene, StateShown, turn};
pub use layout::{Axis, Block, Lane, Layout, Look, Rect};
pub use palette::{Palette, Theme};
pub use race::{MOST_TOLD_APART, Trail, Trails};
pub use ranges::{Colours, Flow, Ranges};
pub use updates::{Mark, UpdateLane, Updates};
pub use way::{Way, Ways};
