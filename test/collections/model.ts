/** A device of the model, with what its query rules look at. */
export interface Device {
  name: string;
  models: string[];
  system: string | null;
  units: string[];
}

interface Rules {
  id: string;
  limiting: string | null;
  direct: Set<string>;
  include: Set<string>;
  exclude: Set<string>;
  queries: { shape: QueryShape; other: string }[];
}

const join =
  'inner join SMS_G_System_COMPUTER_SYSTEM on SMS_G_System_COMPUTER_SYSTEM.ResourceID = SMS_R_System.ResourceId';

const shapes = {
  'model is x': {
    wql: () => `select * from SMS_R_System ${join} where SMS_G_System_COMPUTER_SYSTEM.Model = 'X'`,
    meets: (device: Device) => device.models.includes('x'),
  },
  'some windows': {
    wql: () => `select ResourceId from SMS_R_System where OperatingSystemNameandVersion like 'Windows%'`,
    meets: (device: Device) => device.system?.toLowerCase().startsWith('windows') ?? false,
  },
  'no model y': {
    wql: () => `select * from SMS_R_System where ResourceId not in
      (select ResourceID from SMS_G_System_COMPUTER_SYSTEM where Model = 'y')`,
    meets: (device: Device) => !device.models.includes('y'),
  },
  'in unit u1': {
    wql: () => `select * from SMS_R_System where SystemOUName = 'U1'`,
    meets: (device: Device) => device.units.includes('u1'),
  },
  'named by a model': {
    wql: () => `select * from SMS_R_System where Name in (select Model from SMS_G_System_COMPUTER_SYSTEM)`,
    meets: (device: Device, model: Model) =>
      [...model.devices.values()].some(other => other.models.includes(device.name)),
  },
  'in another': {
    wql: (other: string) =>
      `select * from SMS_R_System where ResourceId in (select ResourceID from SMS_CM_RES_COLL_${other})`,
    meets: (device: Device, model: Model, other: string) => model.isMember(other, device),
  },
  'not in another': {
    wql: (other: string) =>
      `select * from SMS_R_System where ResourceId not in (select ResourceID from SMS_CM_RES_COLL_${other})`,
    meets: (device: Device, model: Model, other: string) => !model.isMember(other, device),
  },
  'system of another': {
    wql: (other: string) => `select * from SMS_R_System where OperatingSystemNameandVersion in
      (select s.OperatingSystemNameandVersion from SMS_R_System as s
       inner join SMS_CM_RES_COLL_${other} as m on m.ResourceID = s.ResourceId)`,
    meets: (device: Device, model: Model, other: string) =>
      [...model.devices.values()].some(
        one =>
          one.system !== null &&
          one.system.toLowerCase() === device.system?.toLowerCase() &&
          model.isMember(other, one),
      ),
  },
};

/** The kinds of query that the model knows. */
export type QueryShape = keyof typeof shapes;
export const queryShapes = Object.keys(shapes) as QueryShape[];

/** The WQL of a shape; `other` is the id of the collection that it may name. */
export const wqlOf = (shape: QueryShape, other: string): string => shapes[shape].wql(other);

/** Collections and devices as plain values, and the formula in plain code. */
export class Model {
  readonly devices = new Map<string, Device>();
  readonly collections = new Map<string, Rules>();

  add(name: string, id: string): void {
    const none = () => new Set<string>();
    this.collections.set(name, {
      id,
      limiting: null,
      direct: none(),
      include: none(),
      exclude: none(),
      queries: [],
    });
  }

  rules(name: string): Rules {
    const rules = this.collections.get(name);
    if (!rules) throw new Error(`The model has no collection ${name}.`);
    return rules;
  }

  idOf(name: string): string {
    return this.collections.get(name)?.id ?? 'RCLFFFFF';
  }

  forget(device: string): void {
    this.devices.delete(device);
    for (const rules of this.collections.values()) rules.direct.delete(device);
  }

  drop(name: string): void {
    this.collections.delete(name);
    for (const rules of this.collections.values()) {
      rules.include.delete(name);
      rules.exclude.delete(name);
      rules.queries = rules.queries.filter(
        ({ shape, other }) => other !== name || !shapes[shape].wql('other').includes('COLL_other'),
      );
    }
  }

  members(name: string): string[] {
    const devices = [...this.devices.values()].filter(device => this.isMember(name, device));
    return devices.map(device => device.name).sort();
  }

  isMember(name: string, device: Device): boolean {
    const { direct, include, exclude, queries, limiting } = this.rules(name);
    const letIn =
      direct.has(device.name) ||
      [...include].some(other => this.isMember(other, device)) ||
      queries.some(({ shape, other }) => shapes[shape].meets(device, this, other));
    if (!letIn) return false;
    if (limiting !== null && !this.isMember(limiting, device)) return false;
    return ![...exclude].some(other => this.isMember(other, device));
  }
}
