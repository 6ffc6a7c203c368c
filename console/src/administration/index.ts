// Administration: the connected tenants, who may do what, and the settings of the site.
export { AccountsPage } from './security/accounts-page.tsx';
export { AuditPage } from './security/audit-page.tsx';
export { SignInPage } from './security/sign-in-page.tsx';
export { TokensPage } from './security/tokens-page.tsx';
export { SettingsPage } from './settings/settings-page.tsx';
export { TenantsPage } from './tenants/tenants-page.tsx';
