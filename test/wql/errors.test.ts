import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWql, type QueryContext, WqlError } from '../../src/collections/wql/index.ts';
import { makeSite, type Site } from './support/site.ts';
import { smallClasses } from './support/small-site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite(smallClasses, []);
});
afterAll(() => site.close());

function errors(wql: string, context: Partial<QueryContext> = {}): WqlError[] {
  const checked = checkWql(wql, site.catalogue, { collections: () => undefined, type: 'device', ...context });
  return Array.isArray(checked) ? checked : [];
}

const devices = 'select * from SMS_R_System where ';

describe('an error names what is wrong', () => {
  it.each<[string, RegExp]>([
    ['', /Expected select, found the end/],
    ['delete from SMS_R_System', /no DELETE/],
    ['select from SMS_R_System', /Expected a property or \*, found from/],
    ['select * SMS_R_System', /Expected a comma or from/],
    ['select top 5 Name from SMS_R_System', /no TOP/],
    ['select count(*) from SMS_R_System', /no functions there/],
    ['select * from SMS_R_System where', /Expected a property or a value, found the end/],
    ['select * from SMS_R_System join SMS_G_System_STATUS', /Expected on/],
    ['select * from SMS_R_System group by Name', /no GROUP/],
    [`${devices}Name = 'a' union select * from SMS_R_System`, /no UNION/],
    [`${devices}Client between 1 and 2`, /no BETWEEN/],
    [`${devices}exists (select ResourceID from SMS_R_System)`, /no EXISTS/],
    [`${devices}Name`, /Expected a comparison/],
    [`${devices}Name = `, /Expected a property or a value/],
    [`${devices}Name = 'O''Brien'`, /Expected and, or, order by or the end/],
    [`${devices}Name = 'open`, /not closed/],
    [`${devices}Name = ‘quoted’`, /typographic quote/],
    [`${devices}Name = “quoted”`, /typographic quote/],
    [`${devices}Name = '$Name' and Client = $Client`, /script variables/],
    [`${devices}Client = 12abc`, /not a number/],
    [`${devices}Client = 1; drop table resource`, /one statement/],
    [`${devices}Client = 1 -- all`, /no comments/],
    [`${devices}Client /* all */ = 1`, /no comments/],
    [`${devices}[Client] = 1`, /brackets/],
    [`${devices}(Client = 1`, /Expected and, or or \)/],
    [`${devices}Client = 1)`, /Expected and, or, order by or the end, found \)/],
    [`${devices}Name like Build`, /Expected a pattern between quotes/],
    [`${devices}Name in ()`, /Expected a value or select/],
    [`${devices}Client is 1`, /Expected null or not null/],
    [`${devices}Name = (select Name from SMS_R_System)`, /Expected a value/],
    [`${devices}ResourceID in (select ResourceID, Name from SMS_R_System)`, /exactly one property/],
    [`${devices}ResourceID in (select * from SMS_R_System)`, /exactly one property/],
    [`${devices}Client = SYSTEM_USER()`, /no function SYSTEM_USER/],
    [`${devices}DateDiff(day, CreationDate) = 1`, /takes 3 arguments/],
    [`${devices}DateDiff(eon, CreationDate, GetDate()) = 1`, /part of a date/],
    [`${devices}CreationDate > 'yesterday'`, /'yesterday' is not a date/],
    [`${devices}CreationDate in ('2026-02-30')`, /'2026-02-30' is not a date/],
    [`${devices}SMS_R_User.Name = 'ann'`, /not joined/],
    ['select r.ResourceID from SMS_R_System r join SMS_R_System r on r.Name = r.Name', /named twice/],
    [
      'select a.ResourceID from SMS_R_System a join SMS_R_System b on a.Name = b.Name where SMS_R_System.Client = 1',
      /more than once/,
    ],
    [
      'select r.ResourceID from SMS_R_System r where r.ResourceID in (select ResourceID from SMS_G_System_STATUS where Score = r.Client)',
      /around it/,
    ],
    ['select * from SMS_CM_RES_COLL_XYZ00001', /no collection XYZ00001/],
  ])('%s', (wql, message) => {
    const [first] = errors(wql);
    expect(first).toBeInstanceOf(WqlError);
    expect(first?.message).toMatch(message);
  });
});

describe('an error says where', () => {
  it('by line and column, counting characters', () => {
    const [error] = errors("select *\r\nfrom SMS_R_System\nwhere Name = '𝒳' and Nme = 'b'");
    expect(error).toMatchObject({ line: 3, column: 22, found: 'Nme', suggestion: 'Name' });
  });

  it('for everything that is wrong at once', () => {
    const found = errors(`${devices}Nmae = 'a' and Clint = 1 or SMS_G_System_SOFTWRE.Version = '1'`);
    expect(found.map(error => [error.found, error.suggestion])).toEqual([
      ['Nmae', 'Name'],
      ['Clint', 'Client'],
      ['SMS_G_System_SOFTWRE.Version', 'SMS_G_System_SOFTWARE'],
    ]);
  });

  it('and what to write instead of a calculation', () => {
    const [error] = errors(`${devices}CreationDate > GetDate() - 30`);
    expect(error).toMatchObject({ found: '-', message: expect.stringContaining('DateAdd') });
  });

  it('without a suggestion where no name is near', () => {
    const [error] = errors(`${devices}Qwertz = 1`);
    expect(error).toMatchObject({ message: 'SMS_R_System has no property Qwertz.', suggestion: undefined });
  });
});

describe('a rule must select the resources of its collection', () => {
  it.each<[string, QueryContext['type'], RegExp]>([
    ['select Name from SMS_R_System', 'device', /must select ResourceID or \* from SMS_R_System/],
    ['select ResourceID from SMS_G_System_STATUS', 'device', /must select ResourceID/],
    ['select * from SMS_R_User', 'device', /A collection of devices must select from SMS_R_System/],
    ['select * from SMS_R_System', 'user', /A collection of users must select from SMS_R_User/],
  ])('%s in a collection of %ss', (wql, type, message) => {
    expect(errors(wql, { type })[0]?.message).toMatch(message);
  });

  it('but a query that is only looked at need not', () => {
    expect(errors('select Name from SMS_R_System', { purpose: 'query' })).toEqual([]);
    expect(errors('select Owner from SMS_G_System_STATUS', { purpose: 'query' })).toEqual([]);
  });

  it('whichever type it is, where no collection is given', () => {
    const checked = checkWql('select * from SMS_R_User', site.catalogue, { collections: () => undefined });
    expect(checked).toMatchObject({ resourceType: 'user' });
  });
});
