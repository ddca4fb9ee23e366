//! A figure as a picture of its own, with its title, its tokens and its numbers.
