"""crmtool init."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path, PurePosixPath

import click

from crmtool.app import ci_files, setup, templates
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.contact import is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.text import visible
from crmtool.workspace import find_root


@click.command(short_help="Start a workspace.")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Choice(templates.TEMPLATES),
    help=f"Whose rule book and example contact to begin with.  [default: {templates.TEMPLATES[0]}]",
)
@click.option(
    "--language", type=click.Choice(templates.LANGUAGES), default="en", show_default=True, help="Of the rule book."
)
@click.option(
    "--ci",
    "kind",
    type=click.Choice(ci_files.KINDS),
    help="Also write the file that has the server check what is pushed; it is added to a workspace that is there, too.",
)
@click.option("--publish", is_flag=True, help="With --ci: also publish the site, once site/mkdocs.yml confirms that.")
@click.option("--schemas", is_flag=True, help="Write schemas/ as shipped over the workspace's own; make no workspace.")
@common_options
@pass_session
def init(
    session: Session,
    directory: Path | None,
    template: str | None,
    language: str,
    kind: str | None,
    publish: bool,
    schemas: bool,
) -> None:
    """Start a workspace: a rule book with comments, schemas, an example contact, the report site.

    The rule book is there to be changed: for sales, or for what --template names. Files that are there already are
    kept. In a Git repository it has that merge contacts by crmtool, too.

    \b
    Example:
      crmtool init sales --language de
      crmtool init team/hiring --template hiring
      crmtool init --ci github          in a workspace: add the workflow
    """
    if publish and kind is None:
        raise click.UsageError("--publish is for the CI file; say which: --ci github or --ci gitlab")
    root = _root(session.start, directory, inside=bool(kind or schemas))
    is_new = not schemas and not (kind and setup.exists(root))
    if template and not is_new:
        raise click.UsageError(f"--template is for a new workspace: crmtool init DIR --template {template}")
    if kind:
        ci_files.refuse_unwritable(root, kind, publish=publish)
    made, in_repository = None, False
    if is_new:
        chosen = template or templates.TEMPLATES[0]
        made = setup.init(root, session.today(), template=chosen, language=language)
        _tell(made)
        told = setup.set_merge_driver(root)
        if told:
            click.echo(told)
        in_repository = told is not None
    elif schemas:
        _tell(setup.renew_schemas(find_root(root)))
    if kind:
        _tell_ci(root, ci_files.write_ci_file(root, kind, publish=publish))
    if made:
        _tell_next(session.start / (directory or ""), _deletes_example(root, made), in_repository=in_repository)


def _root(start: Path, directory: Path | None, *, inside: bool) -> Path:
    """Give the directory that is meant; what is added to a workspace can be asked for from anywhere `inside` of it."""
    if inside and directory is None:
        with suppress(CrmtoolError):
            return find_root(start)
    return (start / directory if directory else start).resolve()


def _tell(made: setup.NewWorkspace) -> None:
    for path in made.written:
        click.echo(f"wrote {visible(path)}")
    for path in made.kept:
        click.echo(f"kept {visible(path)}")


def _tell_ci(root: Path, file: ci_files.CiFile) -> None:
    click.echo(f"{'kept' if file.kept else 'wrote'} {visible(os.path.relpath(file.path, root))}")
    for advice in file.advice:
        click.echo(visible(advice), err=True)


def _deletes_example(root: Path, made: setup.NewWorkspace) -> str | None:
    """Give what deletes the example contact: its folder, unless others stand there; None where there was one before."""
    example = next((path for path in made.written if is_contact_path(path)), None)
    if example is None:
        return None
    folder = PurePosixPath(example).parent
    alone = len(list((root / folder).iterdir())) == 1
    return shlex.join(("rm", "-r", str(folder)) if alone else ("rm", example))


def _tell_next(where: Path, deletes_example: str | None, *, in_repository: bool) -> None:
    click.echo("\nContacts are personal data: keep the repository private. Next:", err=True)
    go = [f"cd {shlex.quote(str(where))}"] if where != Path() else []
    go += [] if in_repository else ["git init"]
    steps = [
        (" && ".join(go), ""),
        ("crmtool hook install", "check every commit, merge answer by answer"),
        ("crmtool focus", "what deserves attention"),
        ("crmtool new", "take your first contact in"),
        ("crmtool import contacts.vcf", "or bring in what you have: vCards, CSV"),
        (deletes_example, "delete the example before the first commit"),
    ]
    width = max(len(command) for command, purpose in steps if command and purpose)
    for command, purpose in steps:
        if command:
            click.echo(visible(f"  {command:{width}}  {purpose}".rstrip()), err=True)
