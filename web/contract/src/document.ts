// The OpenAPI document: what it promises, and whether an answer keeps to it.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Answer } from './server.js'

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: Schema
}

interface Response {
  $ref?: string
  content?: Record<string, { schema: Schema }>
}

interface Described {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, Response>
  'x-act'?: string
  'x-confirm'?: boolean
}

export interface OpenApi {
  servers: { url: string }[]
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

export interface Operation extends Described {
  method: string
  path: string
}

function nameOf(ref: string): string {
  return ref.split('/').at(-1)!
}

export class Contract {
  readonly operations: readonly Operation[]
  private readonly ajv: Ajv2020
  private readonly compiled = new Map<string, ValidateFunction>()

  constructor(readonly document: OpenApi) {
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, described]) => ({ ...described, method, path })),
    )
    this.ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, logger: false })
    addFormats.default(this.ajv)
    this.ajv.addVocabulary(['x-data-class'])
    const schemas = JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/')
    this.ajv.addSchema({ $id: 'geci', $defs: JSON.parse(schemas) })
  }

  operation(id: string): Operation {
    const found = this.operations.find((o) => o.operationId === id)
    if (found === undefined) throw new Error(`no operation ${id}`)
    return found
  }

  schema(s: Schema): Schema {
    return s.$ref === undefined ? s : this.document.components.schemas[nameOf(s.$ref)]!
  }

  /** What is wrong with an answer to this operation; empty: nothing. */
  complaints(op: Operation, answer: Answer): string[] {
    const said = op.responses[answer.status] ?? op.responses['default']
    const response = said?.$ref === undefined ? said : this.document.components.responses[nameOf(said.$ref)]
    if (response === undefined) return [`status ${answer.status} is not declared`]
    if (response.content === undefined)
      return answer.text === '' && answer.media === '' ? [] : ['a body where none is declared']
    const content = response.content[answer.media] ?? response.content['*/*']
    if (content === undefined) return [`content type ${answer.media} is not declared`]
    return answer.media.endsWith('json') ? this.wrong(content.schema, answer.text) : []
  }

  private wrong(schema: Schema, text: string): string[] {
    if (schema.$ref === undefined) return ['JSON without a named type']
    let check = this.compiled.get(schema.$ref)
    if (check === undefined) {
      check = this.ajv.compile({ $ref: `geci#/$defs/${nameOf(schema.$ref)}` })
      this.compiled.set(schema.$ref, check)
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return ['the body is not JSON']
    }
    return check(value) ? [] : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`)
  }
}
