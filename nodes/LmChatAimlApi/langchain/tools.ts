import type { Tool } from '@n8n/ai-node-sdk';
import { isRecord } from '../../shared/json';

type FunctionTool = Extract<Tool, { type: 'function' }>;

/** Converts a tool in LangChain's (`{name, description, schema}`) or OpenAI's form. */
export function toSdkTool(tool: unknown): FunctionTool {
	const given = tool as Record<string, unknown>;
	const { name, description, schema, parameters } = isRecord(given.function)
		? given.function
		: given;
	return {
		type: 'function',
		name: String(name),
		description: description as string | undefined,
		inputSchema: (schema ?? parameters ?? {}) as FunctionTool['inputSchema'],
	};
}
