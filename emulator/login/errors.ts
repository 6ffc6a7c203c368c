import { randomUUID } from 'node:crypto';

/** A refusal of the token endpoint: an OAuth error with Microsoft's own code. */
export class SignInError extends Error {
  readonly status: number;
  readonly error: string;
  readonly code: number;

  constructor(status: number, error: string, code: number, text: string) {
    super(text);
    this.name = 'SignInError';
    this.status = status;
    this.error = error;
    this.code = code;
  }
}

interface Names {
  /** Application id. */
  app: string;
  /** The app's display name. */
  name: string;
  /** The tenant as the client named it. */
  tenant: string;
}

/** Status, OAuth error and text of the AADSTS codes that can be forced. [reference-error-codes.md] */
const known: Readonly<Record<number, [number, string, (names: Names) => string]>> = {
  50034: [400, 'invalid_grant', () => 'The user account does not exist in the directory.'],
  50076: [
    400,
    'interaction_required',
    () =>
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
  ],
  53003: [
    400,
    'invalid_grant',
    () =>
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  ],
  65001: [
    400,
    'invalid_grant',
    ({ app, name }) =>
      `The user or administrator has not consented to use the application with ID '${app}' named '${name}'. Send an interactive authorization request for this user and resource.`,
  ],
  70011: [400, 'invalid_scope', () => "The provided value for the input parameter 'scope' is not valid."],
  90002: [
    400,
    'invalid_request',
    ({ tenant }) =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  ],
  90033: [503, 'temporarily_unavailable', () => 'A transient error has occurred. Please try again.'],
  700016: [
    400,
    'unauthorized_client',
    ({ app, tenant }) =>
      `Application with identifier '${app}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  ],
  700024: [401, 'invalid_client', () => 'Client assertion is not within its valid time range.'],
  700027: [
    401,
    'invalid_client',
    ({ app }) =>
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${app}'.]`,
  ],
  700213: [
    401,
    'invalid_client',
    () =>
      'No matching federated identity record found for presented assertion subject. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion.',
  ],
  7000112: [400, 'unauthorized_client', ({ app, name }) => `Application '${app}'(${name}) is disabled.`],
  7000215: [
    401,
    'invalid_client',
    ({ app }) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app}'.`,
  ],
  7000216: [
    401,
    'invalid_client',
    () =>
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  ],
  7000222: [
    401,
    'invalid_client',
    ({ app }) =>
      `The provided client secret keys for app '${app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  ],
};

/** The refusal with this AADSTS code. */
export function signInError(code: number, names: Names): SignInError {
  const [status, error, text] = known[code] ?? [400, 'invalid_request', () => 'The sign-in was refused.'];
  return new SignInError(status, error, code, text(names));
}

/** The body of a refusal; `now` in ISO 8601. */
export function signInErrorBody(
  error: SignInError,
  now: string,
  correlationId: string | undefined,
): Record<string, unknown> {
  const trace = randomUUID();
  const correlation = correlationId || randomUUID();
  const timestamp = now.replace('T', ' ').replace(/(\.\d+)?Z$/, 'Z');
  return {
    error: error.error,
    error_description: `AADSTS${error.code}: ${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: error.code > 0 ? [error.code] : [],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
  };
}
