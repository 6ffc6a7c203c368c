import type { OidcSettings, Role } from '../../../../src/api/contract/index.ts';
import type { OidcChange } from './data.ts';

/** What the fields of the sign-in page hold. */
export interface OidcForm {
  name: string;
  issuer: string;
  clientId: string;
  /** A new secret; empty: the one that is kept stays. */
  secret: string;
  forgetSecret: boolean;
  nameClaim: string;
  roleClaim: string;
  scopes: string;
  roles: readonly { value: string; role: Role }[];
  defaultRole: Role | '';
  autoCreate: boolean;
  publicUrl: string;
  /** A certificate authority's PEM; null: forget the one that is kept; undefined: leave it. */
  ca: string | null | undefined;
}

/** The fields for what is set; for nothing set yet, what suits most providers. */
export function formOf(settings: OidcSettings | null): OidcForm {
  return {
    name: settings?.name ?? 'Entra',
    issuer: settings?.issuer ?? '',
    clientId: settings?.clientId ?? '',
    secret: '',
    forgetSecret: false,
    nameClaim: settings?.nameClaim ?? 'preferred_username',
    roleClaim: settings?.roleClaim ?? 'roles',
    scopes: settings?.scopes ?? 'openid profile email',
    roles: settings?.roles ?? [],
    defaultRole: settings?.defaultRole ?? '',
    autoCreate: settings?.autoCreate ?? false,
    publicUrl: settings?.publicUrl ?? '',
    ca: undefined,
  };
}

/** What the fields ask of the server. A secret or authority that is not touched is left out, so that it stays. */
export function changeOf(form: OidcForm): OidcChange {
  const { secret, forgetSecret, ca, defaultRole, publicUrl, roles, ...plain } = form;
  return {
    ...plain,
    issuer: plain.issuer.trim(),
    clientId: plain.clientId.trim(),
    roles: roles.map(({ value, role }) => ({ value: value.trim(), role })),
    defaultRole: defaultRole === '' ? null : defaultRole,
    publicUrl: publicUrl.trim() === '' ? null : publicUrl.trim(),
    ...(secret !== '' ? { clientSecret: secret } : forgetSecret ? { clientSecret: null } : {}),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** What is missing or wrong, or undefined. */
export function lackOf(form: OidcForm): string | undefined {
  if (form.name.trim() === '') return 'The button needs a name.';
  if (!/^https:\/\/[^\s/]/i.test(form.issuer.trim()))
    return 'The issuer is an address that begins with https://.';
  if (form.clientId.trim() === '') return 'The client id is missing.';
  if (form.nameClaim.trim() === '' || form.roleClaim.trim() === '') return 'A claim is missing.';
  if (form.roles.some(({ value }) => value.trim() === '')) return 'A role has no value of the claim.';
  if (form.publicUrl.trim() !== '' && !/^https?:\/\/[^\s/]/i.test(form.publicUrl.trim())) {
    return 'The address of this server begins with https://.';
  }
  return undefined;
}
