import type { Tool } from '@n8n/ai-node-sdk';

/** A tool that an agent offers to the model. */
export const WEATHER: Tool = {
	type: 'function',
	name: 'weather',
	description: 'Tells the weather',
	inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
