import { z } from 'zod';

/** What an access token says about the app. Read for showing only: Graph is who checks it. */
export interface TokenClaims {
  /** Object id of the app's service principal in the tenant. */
  objectId: string | null;
  appId: string | null;
  tenantId: string | null;
  /** Application permissions granted with consent; null where the token can not be read, which is no fault of it. */
  roles: string[] | null;
}

const claimsShape = z.object({
  oid: z.string().nullish(),
  appid: z.string().nullish(),
  tid: z.string().nullish(),
  roles: z.array(z.string()).nullish(),
});

/** Reads the claims of a token; a token that can not be read (Graph's are opaque by contract) has none. */
export function tokenClaims(token: string): TokenClaims {
  const claims = claimsShape.safeParse(payload(token)).data;
  if (!claims) return { objectId: null, appId: null, tenantId: null, roles: null };
  return {
    objectId: claims.oid?.toLowerCase() ?? null,
    appId: claims.appid?.toLowerCase() ?? null,
    tenantId: claims.tid?.toLowerCase() ?? null,
    roles: claims.roles ?? [],
  };
}

function payload(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
