-- What a test asks of Neovim. Each function is called through the socket while Neovim is idle or in insert mode.

driver = {}

local wanted, chosen, choices

-- A person who picks from the list the entry that has a text in it; what the list had is kept.
vim.ui.select = function(items, options, on_choice)
  local told = options.format_item or tostring
  choices = {}
  for _, item in ipairs(items) do
    table.insert(choices, (told(item)))
  end
  for _, item in ipairs(items) do
    if wanted and told(item):find(wanted, 1, true) then
      chosen = told(item)
      return on_choice(item)
    end
  end
  on_choice(nil)
end

function driver.attached()
  for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
    return client.initialized
  end
  return false
end

function driver.written()
  return not vim.bo.modified
end

-- What helps to understand why a test fails.
function driver.state()
  return { lines = driver.lines(), found = driver.diagnostics(), messages = vim.fn.execute("messages") }
end

function driver.lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, true)
end

function driver.contains(text)
  return table.concat(driver.lines(), "\n"):find(text, 1, true) ~= nil
end

-- What is found in the buffer: codes, messages, and the text that each is about.
function driver.diagnostics()
  local found = {}
  for _, item in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, item.lnum, item.lnum + 1, true)[1]
    local text = item.lnum == item.end_lnum and line:sub(item.col + 1, item.end_col) or line
    table.insert(found, { code = item.code, message = item.message, source = item.source, text = text })
  end
  return found
end

-- All that is found, once something is found of a text.
function driver.found(code, text)
  local all = driver.diagnostics()
  for _, item in ipairs(all) do
    if item.code == code and item.text == text then
      return all
    end
  end
  return false
end

function driver.clean()
  return #vim.diagnostic.get(0) == 0
end

-- The proposals that are shown.
function driver.proposals()
  local words = {}
  for _, item in ipairs(vim.fn.complete_info({ "items" }).items) do
    table.insert(words, vim.trim(item.abbr ~= "" and item.abbr or item.word))
  end
  return words
end

-- Put the cursor before a text, on the first line that has it.
function driver.go(text)
  for number, line in ipairs(driver.lines()) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return true
    end
  end
  return false
end

-- Ask for what can be done at the cursor, and pick what has a text in it.
function driver.act(text)
  wanted, chosen, choices = text, nil, nil
  vim.lsp.buf.code_action()
  return true
end

function driver.picked()
  return chosen or false
end

function driver.offered()
  return choices or false
end
