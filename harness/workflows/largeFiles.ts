import { aimlApiNode, byId, chain, type Workflow } from './workflow';

const options = { pollInterval: 0.1 };

/** Generates and downloads a video in the node 'Video', after a trigger named 'Run'. */
export const download = (id: string): Workflow =>
	chain(id, [
		aimlApiNode('Video', {
			resource: 'video',
			operation: 'generate',
			model: byId('google/veo-3.1-t2v-fast'),
			prompt: 'A boat',
			options,
		}),
	]);

/**
 * Fetches a recording from the sandbox and uploads it in the node 'Transcribe', after a trigger named 'Run'.
 *
 * @param size e.g. `25mb`
 */
export const upload = (id: string, size: string): Workflow =>
	chain(id, [
		aimlApiNode('Speak', {
			resource: 'audio',
			operation: 'speak',
			model: byId('openai/gpt-4o-mini-tts'),
			text: 'Hello',
			options: { download: false },
		}),
		{
			name: 'Fetch',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `={{ $json.url }}?size=${size}`,
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
		aimlApiNode('Transcribe', {
			resource: 'audio',
			operation: 'transcribe',
			model: byId('openai/gpt-4o-mini-transcribe'),
			files: { values: [{ source: 'binary', binaryPropertyName: 'data', parameter: '' }] },
			options,
		}),
	]);
