/** A refusal as Graph words it. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 400 with the code that the directory service uses. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

/** 400 with the code of the part of Graph that reads requests, before the directory sees them. */
export function unreadable(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

/** 400: a query option or filter that the directory does not take. */
export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

/** 404: the object does not exist, or something it refers to. */
export function resourceNotFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 403: the token lacks the permission. */
export function denied(): GraphError {
  return new GraphError(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

/** 401 with the reason. */
export function invalidToken(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  });
}

/** 501 for what Graph knows and the emulator does not: never an answer that only looks right. */
export function notEmulated(what: string): GraphError {
  return new GraphError(
    501,
    'NotEmulated',
    `The emulated tenant does not know ${what} (emulator/README.md).`,
  );
}

/** 405 for a method that a known address does not take. */
export function methodNotAllowed(): GraphError {
  return new GraphError(
    405,
    'Request_BadRequest',
    'Specified HTTP method is not allowed for the request target.',
  );
}

/** The body of an error, with the ids by which support finds a request. */
export function errorBody(
  code: string,
  message: string,
  request: { date: string; id: string; clientId: string },
): { error: unknown } {
  return {
    error: {
      code,
      message,
      innerError: {
        date: request.date.replace(/Z$/, ''),
        'request-id': request.id,
        'client-request-id': request.clientId,
      },
    },
  };
}
