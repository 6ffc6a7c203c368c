import { Problem } from '../../base/index.ts';
import type { SignInTrace } from './identity-client.ts';

// What Entra says when it refuses to sign an app in, in plain words
// (learn.microsoft.com/entra/identity-platform/reference-error-codes).

interface Words {
  message: string;
  hint: string;
}

const words: Record<string, Words> = {
  AADSTS7000215: {
    message: 'Entra does not accept the client secret.',
    hint: "Give the secret's value, not its ID: make a new one under App registrations > Certificates & secrets and give it here (tenant set --client-secret-env VAR; in the console: Credential).",
  },
  AADSTS7000222: {
    message: 'The client secret has expired.',
    hint: 'Make a new one under App registrations > Certificates & secrets, then give it with "tenant set".',
  },
  AADSTS7000216: {
    message: 'Entra asks for a secret, certificate or token, and got none that it can use.',
    hint: 'Give the credential anew with "tenant set".',
  },
  AADSTS700016: {
    message: 'The app (client id) does not exist in this tenant.',
    hint: 'Compare client id and tenant id with the app registration; an app of another tenant needs consent here first.',
  },
  AADSTS700027: {
    message: 'Entra does not accept the signature made with the certificate.',
    hint: 'Upload the certificate (its public part) to the app registration, check that it has not expired, and check the clock of this machine.',
  },
  AADSTS700024: {
    message: "The assertion is outside its time: this machine's clock or the federated token is off.",
    hint: 'Set the clock of this machine by NTP; with a federated token, check that the file is renewed.',
  },
  AADSTS700021: {
    message: 'The federated token comes from an issuer that the app does not trust.',
    hint: "Compare the app's federated credential (issuer, subject, audience) with the token.",
  },
  AADSTS70021: {
    message: 'The federated token matches no federated credential of the app.',
    hint: "Compare the app's federated credential (issuer, subject, audience) with the token.",
  },
  AADSTS700213: {
    message: 'The federated token matches no federated credential of the app.',
    hint: "Compare the app's federated credential (issuer, subject, audience) with the token.",
  },
  AADSTS90002: {
    message: 'The tenant does not exist in this cloud.',
    hint: 'Check the tenant id, and whether the tenant lives in another cloud (--cloud usgov, china …).',
  },
  AADSTS900023: {
    message: 'The tenant id is neither a GUID nor a domain of a tenant.',
    hint: 'Copy the tenant id from the overview page of Entra.',
  },
  AADSTS900382: {
    message: 'The tenant lives in another cloud than the one chosen.',
    hint: 'Connect it with the right --cloud.',
  },
  AADSTS65001: {
    message: 'Nobody has consented to the permissions of the app in this tenant.',
    hint: 'Let an administrator grant consent under App registrations > API permissions.',
  },
  AADSTS7000112: {
    message: 'The app is disabled in this tenant.',
    hint: 'Enable it under Enterprise applications > Properties > Enabled for users to sign in.',
  },
  AADSTS53003: {
    message: 'A Conditional Access policy for workload identities blocks the app.',
    hint: "Let the policy's owner allow the address that this machine signs in from.",
  },
  AADSTS7000218: {
    message: 'The app does not allow users to sign in by device code.',
    hint: 'Allow it under App registrations > Authentication > Allow public client flows.',
  },
  AADSTS70016: {
    message: 'Nobody has signed in with the code in time.',
    hint: 'Start the sign-in again, and type the new code within a quarter of an hour.',
  },
  AADSTS70018: {
    message: 'The sign-in was declined.',
    hint: 'Start it again if that was a mistake.',
  },
  AADSTS70020: {
    message: 'The code has expired.',
    hint: 'Start the sign-in again, and type the new code within a quarter of an hour.',
  },
  AADSTS50105: {
    message: 'The user is not assigned to the app.',
    hint: 'Assign the user under Enterprise applications > Users and groups, or sign in as another.',
  },
  AADSTS50076: {
    message:
      'Entra asks the user for multi-factor authentication, which this way of signing in did not give.',
    hint: 'Sign in again and complete it in the browser; a policy may also forbid sign-in by device code.',
  },
  AADSTS90033: {
    message: 'Entra is not available at the moment.',
    hint: 'Rollcall tries again by itself; if it goes on, look at the service health of Microsoft Entra.',
  },
  AADSTS500011: {
    message: 'Microsoft Graph is not known in this tenant under the address given.',
    hint: 'Check the Graph URL and the cloud.',
  },
};

/**
 * The problem behind a failed sign-in.
 * @param text what Entra or the identity library said
 */
export function signInProblem(text: string, cause: unknown): Problem {
  const code = text.match(/AADSTS\d+/)?.[0];
  const known = code === undefined ? undefined : words[code];
  if (code !== undefined && known !== undefined) {
    return new Problem('upstream', code, known.message, known.hint, { cause });
  }
  if (code !== undefined) {
    return new Problem(
      'upstream',
      code,
      `Entra refuses the sign-in: ${firstLine(text)}`,
      `See learn.microsoft.com/entra/identity-platform/reference-error-codes for ${code}.`,
      { cause },
    );
  }
  return new Problem(
    'upstream',
    'sign-in-failed',
    `The sign-in to Entra failed: ${firstLine(text)}`,
    'Run "rollcall tenant check" to see which prerequisite is missing.',
    { cause },
  );
}

/** The problem behind whatever the identity library threw: the network's, our own, or what Entra has said. */
export function signInProblemOf(error: unknown, trace: SignInTrace): Problem {
  const thrown = causedByProblem(error);
  if (thrown) return thrown;
  if (trace.problem) return trace.problem;
  const said = error instanceof Error ? error.message : String(error);
  // The body has Entra's own words; the library's error may carry its own instead.
  const text = trace.errorText?.includes('AADSTS') && !said.includes('AADSTS') ? trace.errorText : said;
  return signInProblem(text, error);
}

/** The problem that was thrown inside the identity library, if it was one. */
export function causedByProblem(error: unknown): Problem | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof Problem) return at;
  }
  return undefined;
}

/** The codes that have words of their own. */
export const knownSignInCodes: readonly string[] = Object.keys(words);

function firstLine(text: string): string {
  const line = text.split(/\r?\n|Trace ID:/, 1)[0]?.trim() ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
