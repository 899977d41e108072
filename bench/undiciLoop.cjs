// The least that a client needs: Node's own fetch with a fixed number of requests in flight. Prints seconds.
const [url, apiKey, items, parallel] = process.argv.slice(2);

let next = 0;
async function sendInTurn() {
	while (next < Number(items)) {
		const content = `Number ${next++}.`;
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
			body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content }] }),
		});
		if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
		await answer.json();
	}
}

(async () => {
	const started = process.hrtime.bigint();
	await Promise.all(Array.from({ length: Number(parallel) }, sendInTurn));
	console.log(Number(process.hrtime.bigint() - started) / 1e9);
})();
