/**
 * The hidden mark that ties what we wrote to what it is about: an HTML comment in GitHub bodies, message metadata in
 * Slack. It is the only record that other machines and later rotations have, so its form never changes.
 */
const MARKER = /<!-- responder-duty:([a-z]+):([^\s>]{1,300}) -->/gu;

/**
 * A marker of `kind` (`item`, `issue`, `reply`, `handoff`, `post`, `undo`, or `loop`, which is the same on every machine) for `id`; ids with
 * characters outside the URI set are encoded.
 */
export function writeMarker(kind: string, id: string): string {
  return `<!-- responder-duty:${kind}:${encodeURIComponent(id)} -->`;
}

/** The ids of all markers of `kind` in a text, in order, unique; damaged ones are not markers. */
export function readMarkers(kind: string, text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(MARKER)) {
    const [, foundKind, encoded] = match;
    if (foundKind !== kind || encoded === undefined) continue;
    const id = decode(encoded);
    if (id !== undefined) found.add(id);
  }
  return [...found];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
