//! One version, which stands in three manifests: of the page, of the package for notebooks, of that for npm.

use crate::program::root;
use anyhow::{Context, Result, bail};
use std::fs;

/// Checks that the manifests agree, and with `tag`, such as `v1.2.3`, if there is one; answers the
/// version.
pub(crate) fn check(tag: Option<&str>) -> Result<String> {
    let read = |name: &str| fs::read_to_string(root().join(name)).context(name.to_owned());
    agreed(
        &[
            ("Cargo.toml", of_toml(&read("Cargo.toml")?, "package")?),
            ("python/pyproject.toml", of_toml(&read("python/pyproject.toml")?, "project")?),
            ("npm/package.json", of_json(&read("npm/package.json")?)?),
        ],
        tag,
    )
}

fn of_toml(manifest: &str, table: &str) -> Result<String> {
    let manifest: toml::Table = manifest.parse()?;
    let version = manifest.get(table).and_then(|it| it.get("version")).and_then(|it| it.as_str());
    Ok(version.context("a manifest has no version")?.to_owned())
}

fn of_json(manifest: &str) -> Result<String> {
    let (_, rest) = manifest.split_once("\"version\": \"").context("a manifest has no version")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

fn agreed(found: &[(&str, String)], tag: Option<&str>) -> Result<String> {
    let version = tag.map_or(Ok(found[0].1.as_str()), |tag| {
        tag.strip_prefix('v').with_context(|| format!("the tag {tag} does not begin with v"))
    })?;
    for (manifest, other) in found {
        if other != version {
            let first = tag.unwrap_or(found[0].0);
            bail!("{manifest} has the version {other}, but {first} has {version}");
        }
    }
    Ok(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifests_of_this_repository_have_one_version() {
        let version = check(None).unwrap();
        assert_eq!(check(Some(&format!("v{version}"))).unwrap(), version);
        for tag in [version.clone(), format!("v{version}-rc.1"), "v0.0.0".to_owned()] {
            assert!(check(Some(&tag)).is_err(), "{tag}");
        }
    }

    #[test]
    fn a_manifest_that_was_forgotten_is_named() {
        let found = [("a", "1.2.3".to_owned()), ("b", "1.2.2".to_owned())];
        let error = agreed(&found, None).unwrap_err().to_string();
        assert_eq!(error, "b has the version 1.2.2, but a has 1.2.3");
        let error = agreed(&found, Some("v1.2.2")).unwrap_err().to_string();
        assert_eq!(error, "a has the version 1.2.3, but v1.2.2 has 1.2.2");
    }
}
