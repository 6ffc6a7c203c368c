import type { Answer } from '../outcome.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EmulatedTime } from '../time.ts';
import type { Caller } from './caller.ts';
import { unreadable } from './errors.ts';

/** One request to Graph, sent alone or inside a batch. */
export interface GraphRequest {
  readonly method: string;
  /** Path and query as sent, behind `/v1.0`. */
  readonly url: string;
  /** The path's parts, decoded; a key in parentheses is a part of its own. */
  readonly segments: readonly string[];
  /** Query options by their names in lower case, without `$`. */
  readonly query: ReadonlyMap<string, string>;
  /** Headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body; undefined where there is none. */
  readonly body: unknown;
}

/** What Graph answers to one request. */
export type GraphAnswer = Answer;

/** What a route knows beside its request. */
export interface GraphContext {
  readonly tenant: Tenant;
  readonly time: EmulatedTime;
  readonly caller: Caller;
  /** The address of Graph without `/v1.0`, for links. */
  readonly graphUrl: string;
  /** For how many milliseconds lists of members lag behind. */
  readonly staleMs: number;
  /** For how many milliseconds delta queries lag behind. */
  readonly staleDeltaMs: number;
  /** For how many milliseconds delta links stay good. */
  readonly deltaLifeMs: number;
  /** How many members a page of a list holds at most, whatever was asked for. */
  readonly memberPageSize: number;
  /** How many objects a page of a delta query holds. */
  readonly deltaPageSize: number;
}

/** Reads the address of a request; `target` is path and query behind `/v1.0`, with or without a slash in front. */
export function readTarget(target: string): Pick<GraphRequest, 'url' | 'segments' | 'query'> {
  const url = target.startsWith('/') ? target : `/${target}`;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))) {
    query.set(name.replace(/^\$/, '').toLowerCase(), value);
  }
  return { url, segments: path.split('/').filter(Boolean).flatMap(splitKey), query };
}

/** `groups('x')` is `groups/x`; `devices(deviceId='x')` is `devices/(deviceId)/x`; `microsoft.graph.delta()` is `delta`. */
function splitKey(part: string): string[] {
  const text = decode(part);
  const call =
    /^(?:microsoft\.graph\.)?(delta|checkMemberObjects|checkMemberGroups|getByIds|restore)(?:\(\))?$/.exec(
      text,
    );
  if (call?.[1]) return [call[1]];
  const keyed = /^([A-Za-z]+)\((?:([A-Za-z]+)=)?'((?:[^']|'')*)'\)$/.exec(text);
  if (!keyed) return [text];
  const [, name = '', property, value = ''] = keyed;
  return [name, ...(property ? [`(${property})`] : []), value.replaceAll("''", "'")];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw unreadable('Invalid request: the address is not encoded as it should be.');
  }
}
