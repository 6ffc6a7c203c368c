import { fold } from '../../../base/index.ts';

/** A pattern of LIKE, cut into its pieces; letters are folded as the stored text is. */
export type PatternPiece =
  | { kind: 'text'; text: string }
  /** Any characters, or none. */
  | { kind: 'any' }
  /** Exactly one character. */
  | { kind: 'one' }
  /** One character of a set, or, negated, one not of it; from and to are equal for a single one. */
  | { kind: 'set'; negated: boolean; ranges: { from: string; to: string }[] };

/** Reads a pattern as T-SQL does: %, _, [a-f], [^a]. A bracket that is never closed matches nothing. */
export function readPattern(pattern: string): PatternPiece[] | 'nothing' {
  const characters = [...foldPattern(pattern)];
  const pieces: PatternPiece[] = [];
  for (let at = 0; at < characters.length; at++) {
    const c = characters[at] ?? '';
    const last = pieces.at(-1);
    if (c === '%') {
      if (last?.kind !== 'any') pieces.push({ kind: 'any' });
    } else if (c === '_') {
      pieces.push({ kind: 'one' });
    } else if (c === '[') {
      const end = characters.indexOf(']', at + 1);
      if (end < 0) return 'nothing';
      const set = readSet(characters.slice(at + 1, end));
      if (!set) return 'nothing';
      // [%] and [_] are how a wildcard is meant literally.
      if (set.kind === 'text' && last?.kind === 'text') last.text += set.text;
      else pieces.push(set);
      at = end;
    } else if (last?.kind === 'text') {
      last.text += c;
    } else {
      pieces.push({ kind: 'text', text: c });
    }
  }
  return pieces;
}

/** Folds letters but keeps blanks at the end, which count in a pattern. */
function foldPattern(pattern: string): string {
  return fold(`${pattern}.`).slice(0, -1);
}

function readSet(inside: string[]): PatternPiece | undefined {
  const negated = inside[0] === '^';
  const members = negated ? inside.slice(1) : inside;
  const ranges: { from: string; to: string }[] = [];
  for (let at = 0; at < members.length; at++) {
    const from = members[at] ?? '';
    const to = members[at + 2];
    if (members[at + 1] === '-' && to !== undefined) {
      ranges.push({ from, to });
      at += 2;
    } else {
      ranges.push({ from, to: from });
    }
  }
  const only = ranges.length === 1 ? ranges[0] : undefined;
  if (!negated && only && only.from === only.to) return { kind: 'text', text: only.from };
  if (ranges.length === 0) return negated ? { kind: 'one' } : undefined;
  return { kind: 'set', negated, ranges };
}
