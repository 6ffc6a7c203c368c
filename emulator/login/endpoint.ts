import { randomBytes } from 'node:crypto';
import { isGraph } from '../graph/caller.ts';
import type { Answer } from '../outcome.ts';
import type { App } from '../tenant/apps.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EmulatedTime } from '../time.ts';
import { checkAssertion } from './assertion.ts';
import { DeviceCodes } from './device-codes.ts';
import { SignInError, signInError, signInErrorBody } from './errors.ts';
import type { TokenIssuer } from './tokens.ts';

/** What the token endpoint needs. */
export interface LoginParts {
  readonly tenant: Tenant;
  readonly tokens: TokenIssuer;
  readonly time: EmulatedTime;
  readonly loginUrl: () => string;
  readonly graphUrl: () => string;
  /** The life of access tokens in seconds. */
  readonly tokenLifeSeconds: number;
  /** What a workload with a managed identity sends in `X-IDENTITY-HEADER`. */
  readonly identityHeader: string;
}

/** The v2.0 endpoints of the tenant: configuration, keys, tokens, device codes. */
export class LoginEndpoint {
  readonly deviceCodes: DeviceCodes;
  readonly #parts: LoginParts;
  readonly #refreshTokens = new Map<string, { app: App; userId: string; scope: string }>();

  constructor(parts: LoginParts) {
    this.#parts = parts;
    this.deviceCodes = new DeviceCodes(parts.time);
  }

  /**
   * The endpoint that App Service gives a workload with a managed identity: a token of the first app for whoever
   * knows the header. [managed-identities app-service, REST endpoint reference]
   */
  managedIdentity(query: URLSearchParams, headers: Readonly<Record<string, string>>): Answer {
    const { tenant, identityHeader, time, tokenLifeSeconds } = this.#parts;
    const [app] = tenant.apps.values();
    if (!app || headers['x-identity-header'] !== identityHeader) {
      return {
        status: 401,
        body: { statusCode: 401, message: 'The X-IDENTITY-HEADER is missing or wrong.' },
      };
    }
    const resource = query.get('resource') ?? '';
    try {
      const token = this.#appToken(app, `${resource.replace(/\/$/, '')}/.default`);
      const expires = Math.floor(time.now() / 1000) + tokenLifeSeconds;
      const { access_token, token_type } = token;
      return {
        status: 200,
        body: { access_token, token_type, resource, expires_on: String(expires), client_id: app.appId },
      };
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      return { status: 400, body: { statusCode: 400, message: `AADSTS${error.code}: ${error.message}` } };
    }
  }

  /** Answers a request, or null where the path is none of the endpoint's. */
  answer(
    method: string,
    path: string,
    form: URLSearchParams,
    headers: Readonly<Record<string, string>>,
  ): Answer | null {
    const [tenantName = '', ...rest] = path.split('/').filter(Boolean);
    const place = `${method} ${rest.join('/').toLowerCase()}`;
    try {
      switch (place) {
        case 'GET v2.0/.well-known/openid-configuration':
          this.#needTenant(tenantName);
          return { status: 200, body: this.#configuration() };
        case 'GET discovery/v2.0/keys':
          this.#needTenant(tenantName);
          return { status: 200, body: this.#parts.tokens.keys };
        case 'POST oauth2/v2.0/token':
          return { status: 200, body: this.#token(tenantName, form) };
        case 'POST oauth2/v2.0/devicecode':
          return { status: 200, body: this.#deviceCode(tenantName, form) };
        default:
          return null;
      }
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      const correlation = headers['client-request-id'] ?? form.get('client-request-id') ?? undefined;
      return { status: error.status, body: signInErrorBody(error, this.#parts.time.text(), correlation) };
    }
  }

  #configuration(): Record<string, unknown> {
    const base = `${this.#parts.loginUrl()}/${this.#parts.tenant.id}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${base}/v2.0`,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'tid', 'ver', 'preferred_username'],
      tenant_region_scope: 'EU',
    };
  }

  #token(tenantName: string, form: URLSearchParams): Record<string, unknown> {
    this.#needTenant(tenantName);
    const app = this.#app(tenantName, form);
    switch (form.get('grant_type')) {
      case 'client_credentials':
        this.#needCredential(app, tenantName, form);
        return this.#appToken(app, form.get('scope') ?? '');
      case 'urn:ietf:params:oauth:grant-type:device_code':
      case 'device_code': {
        const { userId, scope } = this.deviceCodes.redeem(form.get('device_code') ?? '', app.appId);
        return this.#userToken(app, userId, scope);
      }
      case 'refresh_token': {
        const known = this.#refreshTokens.get(form.get('refresh_token') ?? '');
        if (!known || known.app.appId !== app.appId) {
          throw new SignInError(
            400,
            'invalid_grant',
            9002313,
            'Invalid request. Request is malformed or invalid.',
          );
        }
        return this.#userToken(app, known.userId, form.get('scope') ?? known.scope);
      }
      case null:
        throw new SignInError(
          400,
          'invalid_request',
          900144,
          "The request body must contain the following parameter: 'grant_type'.",
        );
      default:
        throw new SignInError(
          400,
          'unsupported_grant_type',
          70003,
          `The app requested an unsupported grant type '${form.get('grant_type')}'.`,
        );
    }
  }

  #deviceCode(tenantName: string, form: URLSearchParams): Record<string, unknown> {
    this.#needTenant(tenantName);
    const app = this.#app(tenantName, form);
    return this.deviceCodes.start(
      app.appId,
      form.get('scope') ?? '',
      `${this.#parts.loginUrl()}/devicelogin`,
    );
  }

  #needTenant(name: string): void {
    const { tenant } = this.#parts;
    const known = [tenant.id, tenant.domain.toLowerCase(), 'organizations', 'common'];
    if (!known.includes(name.toLowerCase())) throw signInError(90002, { app: '', name: '', tenant: name });
  }

  #app(tenantName: string, form: URLSearchParams): App {
    const id = form.get('client_id');
    if (!id)
      throw new SignInError(
        400,
        'invalid_request',
        900144,
        "The request body must contain the following parameter: 'client_id'.",
      );
    const app = this.#parts.tenant.apps.get(id.toLowerCase());
    const names = {
      app: id,
      name: app?.displayName ?? '',
      tenant: this.#parts.tenant.displayName || tenantName,
    };
    if (!app) throw signInError(700016, names);
    if (app.signInError !== null) throw signInError(app.signInError, names);
    return app;
  }

  #needCredential(app: App, tenantName: string, form: URLSearchParams): void {
    const names = { app: app.appId, name: app.displayName, tenant: tenantName };
    const { tenant, time, loginUrl } = this.#parts;
    const assertion = form.get('client_assertion');
    if (assertion) {
      const bases = [tenant.id, tenantName.toLowerCase()].map(name => `${loginUrl()}/${name}`.toLowerCase());
      const audiences = bases.flatMap(base => [
        `${base}/oauth2/v2.0/token`,
        `${base}/v2.0`,
        `${base}/`,
        base,
      ]);
      checkAssertion(assertion, app, audiences, time.now());
      return;
    }
    const given = form.get('client_secret');
    if (given === null || given === '') throw signInError(7000216, names);
    const secret = app.secrets.find(entry => entry.value === given);
    if (!secret) throw signInError(7000215, names);
    if (Date.parse(secret.endDateTime) <= time.now()) throw signInError(7000222, names);
  }

  #appToken(app: App, scope: string): Record<string, unknown> {
    const resource = this.#resource(scope, true);
    const { tokens, tenant, tokenLifeSeconds } = this.#parts;
    const access = tokens.issue(
      {
        ...this.#claims(resource, app),
        oid: app.servicePrincipalId,
        sub: app.servicePrincipalId,
        idtyp: 'app',
        ...(app.permissions.length > 0 ? { roles: [...app.permissions] } : {}),
      },
      tenant.tokenGeneration,
    );
    return {
      token_type: 'Bearer',
      expires_in: tokenLifeSeconds,
      ext_expires_in: tokenLifeSeconds,
      access_token: access,
    };
  }

  #userToken(app: App, userId: string, scope: string): Record<string, unknown> {
    const { tokens, tenant, tokenLifeSeconds, time, loginUrl } = this.#parts;
    const user = tenant.directory.get('user', userId);
    if (!user) throw signInError(50034, { app: app.appId, name: app.displayName, tenant: tenant.id });
    const resource = this.#resource(scope, false);
    const granted = app.delegatedPermissions.join(' ');
    if (!granted) throw signInError(65001, { app: app.appId, name: app.displayName, tenant: tenant.id });
    const refresh = `0.${randomBytes(48).toString('base64url')}`;
    this.#refreshTokens.set(refresh, { app, userId, scope });
    const claims = this.#claims(resource, app);
    const access = tokens.issue(
      { ...claims, oid: user.id, sub: user.id, scp: granted },
      tenant.tokenGeneration,
    );
    const now = Math.floor(time.now() / 1000);
    const idToken = tokens.sign({
      ver: '2.0',
      iss: `${loginUrl()}/${tenant.id}/v2.0`,
      aud: app.appId,
      sub: user.id,
      oid: user.id,
      tid: tenant.id,
      iat: now,
      nbf: now,
      exp: now + tokenLifeSeconds,
      name: user.properties.displayName,
      preferred_username: user.properties.userPrincipalName,
    });
    const clientInfo = Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url');
    return {
      token_type: 'Bearer',
      scope: granted,
      expires_in: tokenLifeSeconds,
      ext_expires_in: tokenLifeSeconds,
      access_token: access,
      refresh_token: refresh,
      id_token: idToken,
      client_info: clientInfo,
    };
  }

  #claims(resource: string, app: App) {
    const { tenant, time, tokenLifeSeconds } = this.#parts;
    const now = Math.floor(time.now() / 1000);
    return {
      aud: resource,
      iss: `https://sts.windows.net/${tenant.id}/`,
      iat: now,
      nbf: now,
      exp: now + tokenLifeSeconds,
      app_displayname: app.displayName,
      appid: app.appId,
      tid: tenant.id,
      ver: '1.0' as const,
    };
  }

  /** The resource that a scope is for; an app alone must ask for `<resource>/.default`. */
  #resource(scope: string, appOnly: boolean): string {
    const { graphUrl, tenant } = this.#parts;
    const scopes = scope
      .split(' ')
      .filter(one => one && !['openid', 'profile', 'offline_access', 'email'].includes(one));
    const first = scopes[0] ?? '';
    if (appOnly && !first.endsWith('/.default')) {
      throw new SignInError(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
      );
    }
    const resource =
      /^(https:\/\/[^/]+)/.exec(first)?.[1] ?? (appOnly ? first.replace(/\/\.default$/, '') : graphUrl());
    if (!isGraph(resource, graphUrl())) {
      throw new SignInError(
        400,
        'invalid_resource',
        500011,
        `The resource principal named ${resource} was not found in the tenant named ${tenant.displayName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
      );
    }
    return resource;
  }
}
