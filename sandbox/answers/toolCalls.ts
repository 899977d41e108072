import { expressionIn } from './arithmetic';
import { idFrom } from '../seededRandom';
import type { Schema } from '../schema/openapi';
import type { Conversation } from './conversation';
import { sampleFromSchema } from './sampleFromSchema';

interface Tool {
	name: string;
	parameters: Schema;
}

/** A call in the API's form; `arguments` is JSON text. */
export interface ToolCall {
	id: string;
	type: 'function';
	function: { name: string; arguments: string };
}

type Body = Record<string, unknown>;

/**
 * The model's tool calls: of each tool that the prompt mentions or `tool_choice` requires. None after a
 * tool's result.
 */
export function callTools(body: Body, conversation: Conversation, requestId: string): ToolCall[] {
	if (conversation.toolResults.length > 0) return [];
	const wanted = choose(toolsOf(body), body.tool_choice, conversation.prompt);
	const calls = body.parallel_tool_calls === false ? wanted.slice(0, 1) : wanted;
	return calls.map((tool, position) => ({
		id: `call_${idFrom(requestId, tool.name, position).replace(/-/g, '').slice(0, 24)}`,
		type: 'function',
		function: {
			name: tool.name,
			arguments: JSON.stringify(argumentsFor(tool, conversation.prompt)),
		},
	}));
}

/** The arguments: for a calculator the expression in the prompt, otherwise a sample for the parameters. */
function argumentsFor({ name, parameters }: Tool, prompt: string): unknown {
	const expression = /calculat|arithmetic|math/i.test(name) ? expressionIn(prompt) : undefined;
	return sampleFromSchema(parameters, expression ?? prompt);
}

/** Tools in OpenAI's form (`function`) and in Anthropic's (`input_schema`). */
function toolsOf({ tools }: Body): Tool[] {
	return ((tools ?? []) as Body[]).flatMap((tool) => {
		const { name, parameters, input_schema } = (tool.function ?? tool) as Body;
		if (typeof name !== 'string') return [];
		return [{ name, parameters: (parameters ?? input_schema ?? { type: 'object' }) as Schema }];
	});
}

function choose(tools: Tool[], choice: unknown, prompt: string): Tool[] {
	const demand = typeof choice === 'string' ? { type: choice } : ((choice ?? {}) as Body);
	const name = (demand.function as Body | undefined)?.name ?? demand.name;
	if (demand.type === 'none') return [];
	if (typeof name === 'string') return tools.filter((tool) => tool.name === name);
	const mentioned = tools.filter((tool) => isMentioned(tool.name, prompt));
	const mustCall = demand.type === 'required' || demand.type === 'any';
	return mustCall && mentioned.length === 0 ? tools.slice(0, 1) : mentioned;
}

const STEM_LENGTH = 8;

/**
 * Whether the prompt has the tool's name or the stem of a longer word of it: `get_weather` → 'weather',
 * `Calculator` → 'calculat'.
 */
function isMentioned(name: string, prompt: string): boolean {
	const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/);
	const longer = words.filter((word) => word.length >= 4).map((word) => word.slice(0, STEM_LENGTH));
	const text = prompt.toLowerCase();
	return [name, words.join(' '), ...longer].some((word) => text.includes(word.toLowerCase()));
}
