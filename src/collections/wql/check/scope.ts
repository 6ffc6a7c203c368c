import type { CatalogueClass, PropertyType } from '../catalogue.ts';
import type { Expression, Source, SourceRows, ValueType } from '../checked/checked.ts';
import type { Span, WqlError } from '../errors.ts';
import type { NameTree, SourceTree } from '../parse/tree.ts';
import type { CheckContext } from './check-context.ts';
import {
  membershipClass,
  membershipClassNames,
  membershipProperty,
  membershipPropertyNames,
} from './membership-classes.ts';
import { nearest } from './near.ts';

/** Databases join a limited number of tables at once: SQLite 64. */
const maxSources = 50;

/** The classes of one select statement and what names mean among them. */
export class Scope {
  readonly sources: Source[] = [];
  readonly #context: CheckContext;
  readonly #outer: Scope | undefined;
  /** While ON conditions are read, classes can not come in by themselves: they would come too late. */
  implicitJoins = false;

  constructor(context: CheckContext, outer: Scope | undefined) {
    this.#context = context;
    this.#outer = outer;
  }

  /** Adds a class of FROM or JOIN. @throws WqlError when it does not exist, or its name is taken */
  add(tree: SourceTree, join: Source['join']): Source {
    const name = tree.alias ?? tree.className;
    if (this.sources.some(source => sameName(source.name, name))) {
      throw this.#context.error(`${name} is named twice; give each an alias of its own.`, tree, {
        advice: `${tree.className} as …`,
      });
    }
    const rows = this.#rows(tree.className, tree);
    const spelt = rows.kind === 'class' ? rows.class.name : tree.className;
    return this.#push({ name, className: spelt, rows, join, on: undefined }, tree);
  }

  /** What a name stands for. A class of the catalogue that is not joined comes in on ResourceID. @throws WqlError */
  resolve(name: NameTree): Expression {
    if (name.source === undefined) return this.#resolveBare(name);
    const source = this.source(name.source, name);
    const found = this.#property(source, name.property);
    if (found) return found;
    throw this.#unknownProperty(name, source.className, propertyNames(source));
  }

  /** The source that an alias or class names, joined now if it was not. @throws WqlError */
  source(name: string, at: Span): Source {
    const named = this.sources.find(source => sameName(source.name, name));
    if (named) return named;
    const ofClass = this.sources.filter(source => sameName(source.className, name));
    if (ofClass.length === 1 && ofClass[0]) return ofClass[0];
    if (ofClass.length > 1) {
      throw this.#context.error(`${name} is in the query more than once; use the alias.`, at, {
        advice: ofClass.map(source => source.name).join(', '),
      });
    }
    if (this.#outer?.hasAlias(name)) {
      throw this.#context.error('A subselect can not use a class of the query around it.', at, {
        advice: 'join the class inside the subselect',
      });
    }
    return this.#joinImplicitly(name, at);
  }

  /** The first class whose rows are resources, else the first class of all. */
  anchor(): Source | undefined {
    return this.sources.find(isResourceSource) ?? this.sources[0];
  }

  hasAlias(name: string): boolean {
    const here = this.sources.some(
      source => sameName(source.name, name) && !sameName(source.className, name),
    );
    return here || (this.#outer?.hasAlias(name) ?? false);
  }

  #resolveBare(name: NameTree): Expression {
    const preferred = name.property.toLowerCase() === 'resourceid' ? this.anchor() : undefined;
    for (const source of preferred ? [preferred] : this.sources) {
      const found = this.#property(source, name.property);
      if (found) return found;
    }
    const classes = this.sources.map(source => source.className);
    const names = this.sources.flatMap(propertyNames);
    throw this.#unknownProperty(name, classes[0] ?? 'the query', names);
  }

  #joinImplicitly(name: string, at: Span): Source {
    const rows = this.#rows(name, at, [
      ...this.sources.map(source => source.name),
      ...this.sources.map(source => source.className),
    ]);
    const anchor = this.anchor();
    if (!this.implicitJoins || !anchor) {
      throw this.#context.error(`${name} is used before it is joined.`, at, {
        advice: `join ${name} earlier in the query`,
      });
    }
    if (rows.kind === 'class' && anchor.rows.kind === 'class') {
      if (rows.class.resourceType !== anchor.rows.class.resourceType) {
        throw this.#context.error(`${name} is not joined, and holds another type of resource.`, at, {
          advice: `inner join ${name} on …`,
        });
      }
    }
    const spelt = rows.kind === 'class' ? rows.class.name : name;
    const source = this.#push({ name, className: spelt, rows, join: 'inner', on: undefined }, at);
    source.on = {
      kind: 'compare',
      operator: '=',
      left: { kind: 'resource-id', source, type: 'number' },
      right: { kind: 'resource-id', source: anchor, type: 'number' },
      start: at.start,
      end: at.end,
    };
    return source;
  }

  #push(source: Omit<Source, 'number'>, at: Span): Source {
    if (this.sources.length >= maxSources) {
      throw this.#context.error(`A query joins more than ${maxSources} classes.`, at);
    }
    const added = this.#context.newSource(source);
    this.sources.push(added);
    return added;
  }

  #rows(name: string, at: Span, alsoKnown: string[] = []): SourceRows {
    const membership = membershipClass(name);
    if (membership?.collection === null) return { kind: 'membership', collection: null };
    if (membership) {
      const collection = this.#context.query.collections(membership.collection);
      if (collection) return { kind: 'membership', collection: collection.num };
      throw this.#context.error(`There is no collection ${membership.collection}.`, at, {
        expected: 'the id of a collection after SMS_CM_RES_COLL_',
      });
    }
    const found = this.#context.catalogue.findClass(name);
    if (found) return { kind: 'class', class: found };
    const known = [...alsoKnown, ...membershipClassNames, ...this.#context.catalogue.classNames()];
    const suggestion = nearest(name, known);
    throw this.#context.error(`There is no class ${name}.`, at, {
      expected: 'a class of the inventory',
      ...(suggestion ? { suggestion } : {}),
    });
  }

  #property(source: Source, name: string): Expression | undefined {
    if (name.toLowerCase() === 'resourceid') return { kind: 'resource-id', source, type: 'number' };
    if (source.rows.kind === 'membership') return this.#membershipProperty(source, name);
    const owner = source.rows.class;
    const property = findProperty(owner, name);
    if (!property) return undefined;
    return { kind: 'property', source, class: owner, property, type: valueType(property.type) };
  }

  #membershipProperty(source: Source, name: string): Expression | undefined {
    const place = membershipProperty(name);
    switch (place?.kind) {
      case undefined:
        return undefined;
      case 'resource-id':
        return { kind: 'resource-id', source, type: 'number' };
      case 'column':
        return { kind: 'membership', source, column: place.column, type: place.type };
      case 'unknown':
        return { kind: 'literal', type: place.type, value: null };
      case 'looked-up': {
        const owner = this.#context.catalogue.findClass(place.class);
        const property = owner?.findProperty(place.property);
        if (!owner || !property) return { kind: 'literal', type: 'string', value: null };
        return { kind: 'looked-up', source, class: owner, property, type: valueType(property.type) };
      }
    }
  }

  #unknownProperty(name: NameTree, owner: string, names: string[]): WqlError {
    const suggestion = nearest(name.property, names);
    return this.#context.error(`${owner} has no property ${name.property}.`, name, {
      expected: `a property of ${owner}`,
      ...(suggestion ? { suggestion } : {}),
    });
  }
}

/** Whether the rows of a source are resources: a class SMS_R_…. */
export function isResourceSource(source: Source): boolean {
  return source.rows.kind === 'class' && source.rows.class.kind === 'resource';
}

function propertyNames(source: Source): string[] {
  return source.rows.kind === 'class'
    ? ['ResourceID', ...source.rows.class.propertyNames()]
    : membershipPropertyNames();
}

/**
 * A property by its name, or by its name with a 0 at the end: so the columns of the site's database are called, and
 * published queries use both.
 */
function findProperty(owner: CatalogueClass, name: string) {
  return owner.findProperty(name) ?? (name.endsWith('0') ? owner.findProperty(name.slice(0, -1)) : undefined);
}

function valueType(type: PropertyType): ValueType {
  return type === 'integer' || type === 'real' ? 'number' : type;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
