-- Sends the requests of a file, one a line: method, path, cookie and body between tabs.
-- Prints what wrk saw as one line of JSON.

local prepared = {}
local n = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, cookie, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)")
    local headers = {
      ["Accept-Language"] = "en-GB,en;q=0.8",
      ["Sec-Fetch-Site"] = "same-origin",
    }
    if method == "POST" then headers["Content-Type"] = "application/json" end
    if cookie ~= "" then headers["Cookie"] = cookie end
    if body == "" then body = nil end
    prepared[#prepared + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  n = n % #prepared + 1
  return prepared[n]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"n": %d, "seconds": %.3f, "p50": %.3f, "p99": %.3f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
