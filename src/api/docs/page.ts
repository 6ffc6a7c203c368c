import { z } from 'zod';
import { apiRoot, type Route, routes } from '../contract/index.ts';

/** The documentation of the API as one page of HTML, made from the route table; it needs no script. */
export function docsPage(version: string): string {
  const byTag = Map.groupBy(Object.entries(routes) as [string, Route][], ([, route]) => tagOf(route));
  const sections = [...byTag].map(([tag, entries]) => section(tag, entries)).join('\n');
  const contents = [...byTag.keys()].map(tag => `<a href="#${tag}">${tag}</a>`).join(' ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollcall API</title>
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<header>
<h1>Rollcall API <small>${text(version)}</small></h1>
<p>Every request stands below <code>${apiRoot}</code> and carries <code>Authorization: Bearer TOKEN</code>.
What goes wrong is told as <code>application/problem+json</code> with a code, what happened and what to do.
Machine-readable: <a href="/api/openapi.json">openapi.json</a>. Live: <code>GET ${apiRoot}/events</code> sends
the events job, mappings, overview, changed, resync and signed-out. Lists come whole as CSV or NDJSON with
<code>format</code>; what can be changed bears an <code>ETag</code> for <code>If-Match</code>.</p>
<nav aria-label="Sections">${contents}</nav>
</header>
<main>
${sections}
</main>
</body>
</html>
`;
}

/** The page's style; a file of its own, so that the content security policy need not bend. */
export const docsStyle = `
:root { color-scheme: light dark; font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 small { font-weight: 400; opacity: .7; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid; text-transform: capitalize; }
details { margin: .5rem 0; padding: .5rem .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 6px; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; }
pre { overflow: auto; padding: .75rem; border-radius: 6px; background: color-mix(in srgb, currentColor 8%, transparent); }
nav a { margin-right: .75rem; }
`;

function section(tag: string, entries: [string, Route][]): string {
  return `<section id="${tag}"><h2>${tag}</h2>\n${entries.map(operation).join('\n')}\n</section>`;
}

function operation([name, route]: [string, Route]): string {
  const parts = [
    route.params && part('Path', route.params, 'input'),
    route.query && part('Query', route.query, 'input'),
    route.body === 'stream' ? '<p>Body: the file itself, read as it comes.</p>' : '',
    route.body instanceof z.ZodType && part('Body', route.body, 'input'),
    route.status === 204
      ? '<p>Answers 204 with no body.</p>'
      : part(`Answer ${route.status}`, route.answer, 'output'),
  ];
  const who = route.role === 'anyone' ? 'needs no sign-in' : `needs the role ${route.role}`;
  const limits = route.scope === 'site' ? ' Not for who is limited to some collections.' : '';
  return `<details id="${name}"><summary><b>${route.method}</b> <code>${text(route.path)}</code> ${text(route.summary)}</summary>
<p><code>${name}</code>, ${who}.${limits}</p>
${parts.filter(Boolean).join('\n')}
</details>`;
}

function part(title: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return `<h3>${title}</h3><pre>${text(JSON.stringify(json, null, 2))}</pre>`;
}

function tagOf(route: Route): string {
  return route.path.split('/')[1] ?? '';
}

function text(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
