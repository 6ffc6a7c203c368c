import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job, RequestOf, routes, Tenant } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { finished } from '../../api/job.ts';
import { type Tagged, useSavedForm } from '../../parts/edited.ts';

export type Connection = RequestOf<typeof routes.connectTenant>['body'];
export type TenantChange = RequestOf<typeof routes.updateTenant>['body'];

/** The connected tenants. */
export function useTenants() {
  return useQuery({
    queryKey: ['tenants'],
    queryFn: async ({ signal }) => (await api.call('listTenants', {}, signal)).items,
  });
}

/** How the tenants are, without asking Entra: warnings, the end of the credential, quota. */
export function useTenantHealth() {
  return useQuery({
    queryKey: ['overview', 'tenants'],
    refetchInterval: 30_000,
    queryFn: async ({ signal }) => (await api.call('getOverview', { query: {} }, signal)).tenants,
  });
}

/** Where discovery stands, read again every few seconds. */
export function useDiscoveries() {
  return useQuery({
    queryKey: ['discoveries'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => (await api.call('listDiscoveries', {}, signal)).items,
  });
}

/** Checks a connection before it is stored. */
export function useCheckConnection() {
  return useMutation({
    mutationFn: async (body: Connection) => (await api.call('checkConnection', { body })).checks,
  });
}

/** Stores a connection. */
export function useConnect() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Connection) => api.call('connectTenant', { body }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** One tenant, with the tag of its state. */
export function useTenant(id: number | undefined) {
  return useQuery({
    queryKey: ['tenant', id],
    enabled: id !== undefined,
    queryFn: () => readTenant(id ?? 0),
  });
}

/** A form over switches, limits or the credential of a tenant. */
export function useTenantForm<F extends object>(present: Tagged<Tenant>, formOf: (tenant: Tenant) => F) {
  const { id } = present.answer;
  return useSavedForm({
    ...{ queryKey: ['tenant', id], present, formOf, read: () => readTenant(id) },
    save: (body: TenantChange, ifMatch) =>
      api.read('updateTenant', { params: { ref: String(id) }, body, ifMatch }),
  });
}

const readTenant = (id: number) => api.read('getTenant', { params: { ref: String(id) } });

/** Forgets a tenant. */
export function useDisconnect() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api.call('disconnectTenant', { params: { ref: String(id) } }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Looks at every prerequisite of a tenant. */
export function useCheckTenant() {
  return useMutation({
    mutationFn: async (id: number) => (await api.call('checkTenant', { params: { ref: String(id) } })).checks,
  });
}

/** Discovers a tenant now, and waits for the end; `job` says meanwhile how far it is. */
export function useDiscover() {
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const run = useMutation({
    mutationFn: async (body: { tenant: string; full: boolean; approve?: boolean }) =>
      finished('discover', await api.call('discover', { body }), at => {
        setJob(at);
        void queries.invalidateQueries({ queryKey: ['discoveries'] });
      }),
    onSettled: () => {
      setJob(null);
      return queries.invalidateQueries();
    },
  });
  return { run, job };
}
