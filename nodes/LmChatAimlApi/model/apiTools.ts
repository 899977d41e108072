import type { Tool } from '@n8n/ai-node-sdk';
import { usesAnthropicTools } from '../../shared/chat/schema';
import { InputError } from '../../shared/errors/InputError';
import { isRecord } from '../../shared/json';
import type { TargetModel } from '../../shared/parameters/targetModel';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import { findProblem } from '../../shared/schema/validate';
import type { ToolNames } from './toolNames';
import { toJsonSchema } from './zodToJsonSchema';

type FunctionTool = Extract<Tool, { type: 'function' }>;

/**
 * The body's `tools`, in OpenAI's or Anthropic's form, whichever the model's schema accepts.
 *
 * @throws InputError if the model doesn't support tools
 */
export function toApiTools(
	tools: Tool[],
	names: ToolNames,
	{ id, schema }: TargetModel,
): Array<Record<string, unknown>> {
	if (!schema || schema.properties.tools) {
		const write = takesInputSchema(schema) ? toAnthropicTool : toOpenAiTool;
		return tools.map((tool) =>
			tool.type === 'function'
				? write({ ...tool, name: names.toApi(tool.name) }, toParameters(tool))
				: { type: tool.name, ...tool.args },
		);
	}
	throw new InputError(
		`${id} doesn't support tools`,
		"Choose another model in 'Model', or remove the tools from the agent.",
	);
}

/**
 * The body's `tool_choice`, in the form of its tools; none if the model's schema doesn't have it.
 *
 * @param choice a mode or the name of a tool, as LangChain passes it or in a provider's form
 */
export function toApiToolChoice(
	choice: unknown,
	names: ToolNames,
	{ schema }: TargetModel,
): { tool_choice?: unknown } {
	const chosen = parseToolChoice(choice);
	if (typeof chosen !== 'string' || (schema && !schema.properties.tool_choice)) return {};
	const mode = MODES.get(chosen);
	const name = names.toApi(chosen);
	if (takesInputSchema(schema)) {
		return { tool_choice: mode ? { type: mode.anthropic } : { type: 'tool', name } };
	}
	return { tool_choice: mode?.openAi ?? { type: 'function', function: { name } } };
}

function parseToolChoice(choice: unknown): unknown {
	if (!isRecord(choice)) return choice;
	return isRecord(choice.function) ? choice.function.name : (choice.name ?? choice.type);
}

const MODES = new Map([
	['auto', { openAi: 'auto', anthropic: 'auto' }],
	['none', { openAi: 'none', anthropic: 'none' }],
	['any', { openAi: 'required', anthropic: 'any' }],
	['required', { openAi: 'required', anthropic: 'any' }],
]);

/** Older models require a description, newer ones parameters; all accept both. */
const toOpenAiTool = ({ name, description }: FunctionTool, parameters: object) => ({
	type: 'function',
	function: { name, description: description || name, parameters },
});

const toAnthropicTool = ({ name, description }: FunctionTool, parameters: object) => ({
	name,
	description: description || name,
	input_schema: parameters,
});

const SAMPLE: FunctionTool = {
	type: 'function',
	name: 'sample',
	description: 'sample',
	inputSchema: {},
};

function takesInputSchema(schema: ObjectSchema | undefined): boolean {
	if (!schema) return false;
	const takes = (tool: object) => !findProblem(schema.properties.tools, [tool]);
	const parameters = { type: 'object', properties: {} };
	if (takes(toOpenAiTool(SAMPLE, parameters))) return false;
	return takes(toAnthropicTool(SAMPLE, parameters)) || usesAnthropicTools(schema);
}

/** Some models reject `$schema`, and all require an object. */
function toParameters({ inputSchema }: FunctionTool) {
	const parameters = Object.entries(toJsonSchema(inputSchema)).filter(
		([name]) => name !== '$schema' && name !== 'type',
	);
	return { type: 'object', properties: {}, ...Object.fromEntries(parameters) };
}
