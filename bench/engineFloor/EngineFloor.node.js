// A declarative node with a single field, which shows how long n8n itself takes to send the same request, and to
// load a list in the editor.
exports.EngineFloor = class {
	description = {
		displayName: 'Engine Floor',
		name: 'engineFloor',
		group: ['transform'],
		version: 1,
		description: 'Sends a prompt, and nothing else',
		defaults: { name: 'Engine Floor' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'aimlApi', required: true }],
		properties: [
			{
				displayName: 'Prompt',
				name: 'prompt',
				type: 'string',
				default: '',
				routing: {
					request: { method: 'POST', url: '/v1/chat/completions' },
					send: { preSend: [writeBody] },
				},
			},
		],
	};

	methods = { listSearch: { searchOne } };
};

async function searchOne() {
	await this.getCredentials('aimlApi');
	return { results: [{ name: 'One', value: 'one' }] };
}

async function writeBody(request) {
	const content = this.getNodeParameter('prompt');
	const { url } = await this.getCredentials('aimlApi');
	const body = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content }] };
	return { ...request, baseURL: url, body };
}
