//! Many states in two dimensions.

use nalgebra::{DMatrix, SymmetricEigen};

/// The two directions in which states differ most (principal components, Pearson 1901). Kept fixed, they
/// show other states beside those that they were found for.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    mean: Vec<f64>,
    directions: [Vec<f64>; 2],
    shares: [f64; 2],
}

impl Projection {
    /// Those of these states, each n numbers; nothing where there are fewer than two, or one of them is
    /// not finite.
    ///
    /// The sign of a direction is that of its largest entry, which is positive. A second direction that
    /// there is not, of one unit, is 0.
    pub fn of<'a>(states: impl Iterator<Item = &'a [f64]> + Clone) -> Option<Self> {
        let (count, units) = (states.clone().count(), states.clone().next()?.len());
        if count < 2 || !states.clone().flatten().all(|number| number.is_finite()) {
            return None;
        }
        let mut mean = vec![0.0; units];
        for state in states.clone() {
            for (sum, number) in mean.iter_mut().zip(state) {
                *sum += number / count as f64;
            }
        }
        let mut covariance: DMatrix<f64> = DMatrix::zeros(units, units);
        for state in states {
            for row in 0..units {
                for column in 0..units {
                    let product = (state[row] - mean[row]) * (state[column] - mean[column]);
                    covariance[(row, column)] += product / count as f64;
                }
            }
        }
        let total = covariance.trace();
        let eigen = SymmetricEigen::new(covariance);
        let mut order: Vec<usize> = (0..units).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
        let direction = |at: usize| {
            let Some(&place) = order.get(at) else { return (vec![0.0; units], 0.0) };
            let column: Vec<f64> = eigen.eigenvectors.column(place).iter().copied().collect();
            let largest = column
                .iter()
                .copied()
                .fold(0.0, |most: f64, x| if x.abs() > most.abs() { x } else { most });
            let share = if total > 0.0 { eigen.eigenvalues[place].max(0.0) / total } else { 0.0 };
            (column.into_iter().map(|x| x * largest.signum()).collect(), share)
        };
        let (first, second) = (direction(0), direction(1));
        Some(Self { mean, directions: [first.0, second.0], shares: [first.1, second.1] })
    }

    /// Where `state` stands along the two directions.
    pub fn at(&self, state: &[f64]) -> [f64; 2] {
        self.directions.each_ref().map(|direction| {
            let apart = state.iter().zip(&self.mean).map(|(a, b)| a - b);
            apart.zip(direction).map(|(a, b)| a * b).sum()
        })
    }

    /// How much of the variance each direction has, of 1.
    pub fn shares(&self) -> [f64; 2] {
        self.shares
    }

    /// The directions, n numbers each.
    pub fn directions(&self) -> &[Vec<f64>; 2] {
        &self.directions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_on_a_line_are_on_the_first_direction() {
        let states = [[1.0, 2.0, 0.0], [2.0, 4.0, 0.0], [4.0, 8.0, 0.0]];
        let projection = Projection::of(states.iter().map(<[f64; 3]>::as_slice)).unwrap();
        assert!((projection.shares()[0] - 1.0).abs() < 1e-12);
        // The mean is (7/3, 14/3, 0), and the direction (1, 2, 0) / √5.
        let [along, across] = projection.at(&states[2]);
        assert!((along - 5.0 / 3.0 * 5.0_f64.sqrt()).abs() < 1e-12 && across.abs() < 1e-12);
    }

    #[test]
    fn what_has_no_directions_has_none() {
        let of = |states: &[Vec<f64>]| Projection::of(states.iter().map(Vec::as_slice));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[vec![1.0]]), None);
        assert_eq!(of(&[vec![1.0], vec![f64::NAN]]), None);
        assert_eq!(of(&[vec![1.0], vec![1.0]]).unwrap().shares(), [0.0, 0.0]);
        assert_eq!(of(&[vec![1.0], vec![3.0]]).unwrap().at(&[3.0]), [1.0, 0.0]);
    }
}
