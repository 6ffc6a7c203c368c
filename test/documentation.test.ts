import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const pagesIn = (folder: string) =>
  readdirSync(folder)
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name));
const pages = ['README.md', 'emulator/README.md', ...pagesIn('docs'), ...pagesIn('docs/decisions')];
const textOf = (file: string) => readFileSync(file, 'utf8');

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  return [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Codes of problems, by the room whose files make them. */
function codesIn(room: string): string[] {
  const files = readdirSync(join('src', room), { recursive: true, encoding: 'utf8' });
  const source = files.filter(name => name.endsWith('.ts')).map(name => textOf(join('src', room, name)));
  return source.flatMap(text =>
    [...text.matchAll(/(?:new Problem\(\s*'[a-z-]+',\s*|\bcode: |refuse\(\s*)'([a-z]+(?:-[a-z]+)+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
}

describe('the documentation', () => {
  it('links only to files and headings that exist', () => {
    const broken = pages.flatMap(page =>
      [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].flatMap(
        ([, path = '', anchor]) => {
          const target = path === '' ? page : join(dirname(page), path);
          const isThere = existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
          return isThere ? [] : [`${page}: ${path}${anchor === undefined ? '' : `#${anchor}`}`];
        },
      ),
    );
    expect(broken).toEqual([]);
  });

  it('tells of every code with which a run, a discovery or the store can stop, and of none that there is not', () => {
    const told = new Set(
      [...textOf('docs/troubleshooting.md').matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code = '']) => code),
    );
    const commands = new Set(['cloud-sync']);
    const known = new Set([
      ...['base', 'store', 'directory', 'cloudsync', 'schedule', 'sources', 'collections', 'api'].flatMap(
        codesIn,
      ),
      'graph-unavailable',
      'tls-needed',
    ]);
    expect([...told].filter(code => !known.has(code) && !commands.has(code))).toEqual([]);
    // What a request gets wrong is told to whoever sent it, in full; nobody looks it up at night.
    const ofRequests =
      /^(invalid-(tenant|credential|certificate|cloud-address)|tenant-|mapping-(exists|not-found)|collection-not-(found|mapped)|group-ambiguous|run-|nothing-to-undo|undo-changed|held-plan-gone|plan-refused|bad-page|sort-unknown|job-(cancelled|not-found)|csv-header|file-not-utf8|app-unknown|write-refused|credential-needed)/;
    const stopping = ['store', 'directory', 'cloudsync', 'schedule', 'sources'].flatMap(codesIn);
    expect(stopping.filter(code => !told.has(code) && !ofRequests.test(code))).toEqual([]);
  });
});
